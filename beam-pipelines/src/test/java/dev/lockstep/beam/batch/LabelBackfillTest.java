package dev.lockstep.beam.batch;

import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Window.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.write.LabelDelays;
import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.Micros;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of label, and only of requests that are mature (L1 to L5), as the oracle has them. */
class LabelBackfillTest {
  @TempDir Path folder;

  /** Nothing but the request and its label: no key for anything else. */
  static final FeatureSet<Shop.Swipe> ALONE =
      FeatureSet.named("alone")
          .forEach(Shop.SWIPES)
          .entity(Shop.CARD, Shop.Swipe::card)
          .request("amount", Shop.Swipe::amount);

  static FeatureSet<?> set(String keys) {
    return switch (keys) {
      case "many" -> Shop.SET;
      case "one" -> OneKeyBackfillTest.BY_ID;
      case "none" -> ALONE;
      default -> throw new IllegalArgumentException(keys);
    };
  }

  static Label<?> label(String kind) {
    return switch (kind) {
      case "first" ->
          Label.from(Shop.SETTLEMENTS)
              .on(Shop.Settlement::swipe)
              .within(hours(2))
              .is("fee_after", field(Shop.Settlement::fee));
      case "happened" ->
          Label.from(Shop.SETTLEMENTS)
              .on(Shop.Settlement::swipe)
              .within(hours(2))
              .happened("expensive", field(Shop.Settlement::fee).greaterThan(1));
      case "window" ->
          Label.of("spent_after", sum(Shop.Swipe::cents).over(next(minutes(30))))
              .from(Shop.SWIPES)
              .by(Shop.CARD, Shop.Swipe::card);
      case "ever" -> Shop.LABEL;
      case "own" -> Label.column("cents_too", Shop.Swipe::cents);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "first,many,1",
    "happened,many,2",
    "window,many,3",
    "own,many,4",
    "window,one,5",
    "own,one,6",
    "ever,many,7",
    "happened,none,8",
    "window,none,9",
    "own,none,10"
  })
  void equalsTheDefinition(String kind, String keys, long seed) throws Exception {
    FeatureSet<?> set = set(keys);
    Label<?> label = label(kind);
    FeaturePlan plan = FeaturePlan.of(set, label);
    List<RecordedEvent> records = NastyEvents.inHistory(plan, seed).records(1500);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> rows = oracle.admitted(records);
    long[] available =
        rows.stream()
            .mapToLong(SourceRow::availableAtMicros)
            .filter(t -> t > Long.MIN_VALUE)
            .sorted()
            .toArray();
    long until = available[available.length * 9 / 10];
    List<OracleVector> known =
        oracle.vectors(rows.stream().filter(r -> r.availableAtMicros() < until).toList());
    List<String> expected =
        known.stream()
            .filter(v -> oracle.isMature(v.request(), until))
            .map(BackfillTest::text)
            .sorted()
            .toList();

    BackfillSummary summary =
        Backfill.of(
                set,
                label,
                ShopHistory.write(folder.resolve("history"), plan, records),
                folder.resolve("out"),
                BackfillOptions.all().until(Micros.toInstant(until)).shards(5))
            .run(LocalRunners.direct(2));

    List<String> actual = new ArrayList<>();
    int labelled = 0;
    for (LabelledVector row : TrainingSetReader.open(folder.resolve("out"))) {
      actual.add(BackfillTest.text(row));
      labelled += row.label() == null ? 0 : 1;
    }
    BackfillTest.assertSame(expected, actual.stream().sorted().toList(), "seed " + seed);
    assertTrue(expected.size() > 100, "seed " + seed + ": " + expected.size());
    assertEquals(known.size() - expected.size(), summary.manifest().total("immature"));
    long delays =
        summary.manifest().counts().entrySet().stream()
            .filter(count -> LabelDelays.isOne(count.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    if (kind.equals("ever")) { // an outcome may be null, and have come all the same
      assertTrue(labelled > 0 && delays >= labelled && delays <= actual.size(), "" + delays);
    } else {
      assertEquals(0, delays, "a label with an end needs no look");
    }
    if (!kind.equals("own") && !kind.equals("ever")) {
      assertTrue(known.size() > expected.size(), "seed " + seed);
    }
  }
}
