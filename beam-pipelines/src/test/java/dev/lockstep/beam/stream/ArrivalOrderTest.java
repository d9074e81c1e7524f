package dev.lockstep.beam.stream;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lifetime;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.testing.Arrivals;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import dev.lockstep.value.FeatureVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Under {@code onArrival()} a vector equals C3 for one entity and one source that is partitioned by
 * it, at any parallelism (C5): a partition's rows stay in their order whatever their ids are.
 */
class ArrivalOrderTest {
  private static final int CARDS = 40;
  private static final int PARTITIONS = 4;
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  record Swipe(String id, String card, long cents, Instant at) {}

  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);

  static final FeatureSet<Swipe> SET =
      FeatureSet.named("arrival_order_v1")
          .forEach(SWIPES)
          .with(
              FeatureView.named("by_card")
                  .over(SWIPES)
                  .by(Entity.string("card"), Swipe::card)
                  .feature("n", count().over(lifetime()))
                  .feature("cents_1h", sum(Swipe::cents).over(last(hours(1)))))
          .emit(Emission.onArrival());

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aPartitionsRowsAreAnsweredInTheirOrder(int parallelism) {
    FeaturePlan plan = FeaturePlan.of(SET);
    List<SourceRow> rows = rows(plan, new Random(parallelism), 4_000, false);
    StreamParityTest.compare(
        "seed " + parallelism,
        new NaiveOracle(plan).vectors(rows),
        StreamParityTest.run(
            "FlinkRunner",
            parallelism,
            SET,
            StreamSettings.DEFAULT,
            List.of(),
            Arrivals.ofPartitions(plan, rows)));
  }

  /**
   * Copies in other partitions are put right: here before the next row, since the Direct runner
   * goes on once all steps have seen one. Each asks again, but the first vector counts.
   */
  @Test
  void copiesInOtherPartitionsChangeNothing() {
    FeaturePlan plan = FeaturePlan.of(SET);
    List<SourceRow> rows = rows(plan, new Random(7), 300, true);
    List<OracleVector> expected = new NaiveOracle(plan).vectors(rows);
    Set<String> events = new HashSet<>();
    expected.forEach(v -> events.add(v.request().id() + "@" + v.request().availableAtMicros()));
    List<FeatureVector> streamed =
        StreamParityTest.run(
            "DirectRunner",
            1,
            SET,
            StreamSettings.DEFAULT,
            List.of(),
            Arrivals.ofPartitions(plan, rows));
    assertTrue(streamed.size() > expected.size(), "no copy in another partition");
    StreamParityTest.compare(
        "seed 7",
        expected,
        streamed.stream()
            .filter(v -> events.contains(v.requestId() + "@" + v.availableAtMicros()))
            .toList());
  }

  /**
   * Swipes, of which each tenth comes again, soon or later.
   *
   * @param anywhere whether copies come in any partition, and not in their card's
   */
  private static List<SourceRow> rows(
      FeaturePlan plan, Random random, int count, boolean anywhere) {
    RowIntake door = RowIntake.of(plan, plan.requestSource());
    List<SourceRow> rows = new ArrayList<>();
    List<Swipe> sent = new ArrayList<>();
    long[] offsets = new long[PARTITIONS];
    for (int i = 0; i < count; i++) {
      Instant at = BEGIN.plusMillis(10L * i);
      boolean again = i > 0 && random.nextInt(10) == 0;
      String card = "card" + random.nextInt(CARDS);
      Swipe swipe =
          again
              ? sent.get(sent.size() - 1 - random.nextInt(Math.min(sent.size(), 50)))
              : new Swipe("s" + i, card, random.nextInt(10_000), at);
      sent.add(swipe);
      int partition =
          again && anywhere
              ? random.nextInt(PARTITIONS)
              : Math.floorMod(swipe.card().hashCode(), PARTITIONS);
      rows.add(
          door.admit(
              swipe,
              at.toEpochMilli() * Micros.PER_MILLI,
              KnowledgePosition.packSequence(partition, offsets[partition]++),
              0));
    }
    return rows;
  }
}
