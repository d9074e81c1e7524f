package dev.lockstep.beam.batch;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.countBy;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lastEvents;
import static dev.lockstep.define.Window.previousDay;
import static dev.lockstep.define.Window.previousWeek;
import static dev.lockstep.define.Window.quarterToDate;
import static dev.lockstep.define.Window.tumbling;
import static dev.lockstep.define.Window.weekToDate;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.RecordedEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The batch against the oracle with keys of every type, windows by the calendar, categories. */
class KeyTypesBackfillTest {
  enum Kind {
    FAST,
    SLOW {
      @Override
      public String toString() {
        return "slow";
      }
    }
  }

  record Leg(
      UUID id,
      String from,
      Kind kind,
      Optional<UUID> wagon,
      LocalDate day,
      boolean full,
      int number,
      Double price,
      Instant at) {}

  record Fee(Kind kind, LocalDate day, Optional<Kind> was, Double amount, Instant at) {}

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final EventSource<Leg> LEGS =
      EventSource.of(Leg.class).named("legs").id(Leg::id).eventTime(Leg::at);
  private static final EventSource<Fee> FEES =
      EventSource.of(Fee.class).named("fees").eventTime(Fee::at);

  private static final Entity<Entity.Pair<Kind, LocalDate>> KIND_DAY =
      Entity.of("kind_day", Kind.class, LocalDate.class);
  private static final Entity<Entity.Quadruple<String, Integer, Boolean, LocalDate>> LEG =
      Entity.of("leg", String.class, int.class, boolean.class, LocalDate.class);
  private static final Entity<Kind> KIND = Entity.of("kind", Kind.class);

  private static final FeatureSet<Leg> SET =
      FeatureSet.named("key_types")
          .forEach(LEGS)
          .entity(KIND_DAY, Leg::kind, Leg::day)
          .request("wagon", Leg::wagon)
          .request("day", Leg::day)
          .with(
              FeatureView.named("of_leg")
                  .over(LEGS)
                  .by(LEG, Leg::from, Leg::number, Leg::full, Leg::day)
                  .features("n", count().over(last(hours(1), days(7)))),
              FeatureView.named("of_kind")
                  .over(LEGS)
                  .by(KIND, Leg::kind)
                  .features(
                      "price",
                      avg(Leg::price)
                          .over(
                              previousDay(BERLIN),
                              previousWeek(BERLIN),
                              weekToDate(BERLIN),
                              quarterToDate(BERLIN),
                              tumbling(hours(12), BERLIN),
                              lastEvents(4).within(days(2))))
                  .feature("there", sum(Leg::price).by(Leg::from).at(Leg::from).over(last(days(2))))
                  .feature("days", countBy(Leg::day).over(last(days(1)))),
              FeatureView.named("fees")
                  .over(FEES)
                  .by(KIND_DAY, Fee::kind, Fee::day)
                  .feature("fee", sum(Fee::amount).over(last(days(30))))
                  .feature("fee_at", count().by(Fee::was).at(Leg::kind).over(last(days(30)))));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"direct,1,7,1", "flink,2,16,2"})
  void equalsTheDefinition(String runner, int parallelism, int shards, long seed) throws Exception {
    FeaturePlan plan = FeaturePlan.of(SET);
    List<RecordedEvent> records = NastyEvents.inHistory(plan, seed).records(1_000);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<String> expected =
        oracle.vectors(oracle.admitted(records)).stream().map(BackfillTest::text).sorted().toList();
    PipelineOptions options =
        runner.equals("direct")
            ? LocalRunners.direct(parallelism)
            : LocalRunners.flink(parallelism, 64, folder.resolve("runner"));
    Backfill.of(
            SET,
            null,
            ShopHistory.write(folder.resolve("history"), plan, records),
            folder.resolve("out"),
            BackfillOptions.all().shards(shards))
        .run(options);
    List<LabelledVector> rows = new ArrayList<>();
    TrainingSetReader.open(folder.resolve("out")).forEach(rows::add);
    assertTrue(rows.size() > 100, "seed " + seed + ": " + rows.size() + " rows");
    List<String> actual = rows.stream().map(BackfillTest::text).sorted().toList();
    BackfillTest.assertSame(expected, actual, "seed " + seed);
  }
}
