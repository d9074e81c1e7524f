package dev.lockstep.beam.stream;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lastEvents;

import dev.lockstep.beam.testing.Arrivals;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.KnowledgePosition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A hot key, whose state is a header and many blocks, on each state backend (C11): late events and
 * copies change old blocks, the hours pass and delete them, and since nothing is held decoded, what
 * the cells don't hold is lost.
 */
class HotKeyTest {
  record Swipe(String id, String card, Double amount, String merchant, Instant at) {}

  private static final int SWIPES_OF_CARD = 600;

  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class)
          .named("swipes")
          .id(Swipe::id)
          .eventTime(Swipe::at)
          .lateness(hours(1));

  private static final FeatureSet<Swipe> SET =
      FeatureSet.named("hot_v1")
          .forEach(SWIPES)
          .with(
              FeatureView.named("by_card")
                  .over(SWIPES)
                  .by(Entity.string("card"), Swipe::card)
                  .feature("n_10m", count().over(last(minutes(10))))
                  .feature("sum_2h", sum(Swipe::amount).over(last(hours(2))))
                  .feature("max_2h", max(Swipe::amount).over(last(hours(2)))),
              FeatureView.named("by_merchant")
                  .over(SWIPES)
                  .by(Entity.string("merchant"), Swipe::merchant)
                  .feature("cards_1d", distinct(Swipe::card).over(last(days(1))))
                  .feature("sum_40", sum(Swipe::amount).over(lastEvents(40))));

  private static final StreamSettings NONE_DECODED =
      new StreamSettings(0, Duration.ofSeconds(1), 0);

  @ParameterizedTest(name = "{0} {1} {2}, seed {3}")
  @CsvSource({
    "DirectRunner, '', ON_ARRIVAL, 1",
    "FlinkRunner, filesystem, ON_ARRIVAL, 2",
    "FlinkRunner, filesystem, ORDERED, 3",
    "FlinkRunner, rocksdb, ORDERED, 4"
  })
  void blocksInTheCellsEqualTheOracle(
      String runner, String backend, Emission emission, long seed, @TempDir Path folder) {
    FeatureSet<Swipe> set = SET.emit(emission);
    FeaturePlan plan = FeaturePlan.of(set);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> rows = new ArrayList<>(oracle.admitted(records(new Random(seed))));
    rows.removeIf(oracle::isLate);
    List<String> args =
        backend.isEmpty()
            ? List.of()
            : List.of(
                "--stateBackend=" + backend,
                "--stateBackendStoragePath=" + folder.toUri(),
                "--checkpointingInterval=200");
    boolean isOrdered = emission == Emission.ORDERED;
    TestStream<KV<Integer, byte[]>> stream =
        isOrdered
            ? Arrivals.inAnyOrder(plan, rows, new Random(seed))
            : oneByOne(plan, rows, new Random(seed), runner.equals("FlinkRunner"));
    StreamParityTest.compare(
        "seed " + seed,
        isOrdered ? oracle.vectors(rows) : oracle.vectorsInProcessingOrder(rows),
        StreamParityTest.run(runner, isOrdered ? 2 : 1, set, NONE_DECODED, args, stream));
  }

  /** One card over seven hours, each tenth swipe late by up to an hour, some copied. */
  private static List<RecordedEvent> records(Random random) {
    List<RecordedEvent> records = new ArrayList<>();
    long now = 1_700_000_000_000_000L;
    for (int i = 0; i < SWIPES_OF_CARD; i++) {
      now += random.nextInt(57) * 1_000_000L;
      long late = random.nextInt(10) == 0 ? random.nextInt(3_600) * 1_000_000L : 0;
      int id = random.nextInt(25) == 0 && i > 0 ? random.nextInt(i) : i;
      Swipe swipe =
          new Swipe(
              "s" + id,
              "hot",
              random.nextInt(10_000) / 100.0,
              "m" + random.nextInt(3),
              Instant.ofEpochSecond((now - late) / 1_000_000L));
      records.add(new RecordedEvent(0, swipe, now, KnowledgePosition.packSequence(0, i)));
    }
    return records;
  }

  /**
   * In an order near that of knowledge: the order in the stream is the order of processing.
   *
   * @param copiesInOrder whether those of one id come in knowledge order: else what puts them right
   *     must be waited for, which only the Direct runner does
   */
  private static TestStream<KV<Integer, byte[]>> oneByOne(
      FeaturePlan plan, List<SourceRow> rows, Random random, boolean copiesInOrder) {
    for (int i = 0; i + 20 < rows.size(); i += 20) {
      Collections.shuffle(rows.subList(i, i + 20), random);
    }
    if (copiesInOrder) {
      Arrivals.putCopiesInOrder(plan, rows);
    }
    return Arrivals.oneByOne(plan, rows);
  }
}
