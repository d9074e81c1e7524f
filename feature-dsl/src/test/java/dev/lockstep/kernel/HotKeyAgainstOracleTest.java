package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.change;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.first;
import static dev.lockstep.define.Aggregations.firstK;
import static dev.lockstep.define.Aggregations.gapMean;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.lastK;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.min;
import static dev.lockstep.define.Aggregations.previous;
import static dev.lockstep.define.Aggregations.sinceFirst;
import static dev.lockstep.define.Aggregations.sinceLast;
import static dev.lockstep.define.Aggregations.speed;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * One key with enough events for all that is only made for many: long ties, much that waits,
 * filters that are rarely true, series that rise or fall, windows that end before now. Against the
 * definition, to the bit.
 */
class HotKeyAgainstOracleTest {
  private static final long FIRST_SEED = 20_261_130;
  private static final int SEEDS = 8;
  private static final int EVENTS = 240;
  private static final long HOUR = 3_600_000_000L;
  private static final long START = 1_700_006_400_000_000L; // a midnight

  /** What happens. */
  record Tap(
      String id,
      String card,
      double amount,
      @Nullable Long fee,
      @Nullable Double north,
      boolean declined,
      Instant at,
      Instant known) {}

  private record Case(
      long seed, FeaturePlan plan, List<SourceRow> rows, List<OracleVector> expected) {
    static final List<Case> ALL = IntStream.range(0, SEEDS).mapToObj(Case::of).toList();

    static Case of(int shape) {
      long seed = FIRST_SEED + shape;
      FeaturePlan plan = definition();
      NaiveOracle oracle = new NaiveOracle(plan);
      List<SourceRow> rows = oracle.admitted(events(new SplittableRandom(seed), shape));
      return new Case(seed, plan, rows, oracle.vectors(rows));
    }
  }

  private static FeaturePlan definition() {
    EventSource<Tap> taps =
        EventSource.of(Tap.class)
            .named("taps")
            .id(Tap::id)
            .eventTime(Tap::at)
            .availableAt(Tap::known)
            .lateness(Duration.ofDays(2));
    FeatureView<Tap> view =
        FeatureView.named("by_card").over(taps).by(Entity.string("card"), Tap::card);
    List<Window> windows =
        List.of(
            Window.last(days(1)),
            Window.last(days(2)).endingBefore(hours(2)),
            Window.tumbling(hours(6)),
            Window.lastEvents(150),
            Window.lifetime());
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      view =
          view.feature("count" + i, count().where(field(Tap::declined)).over(window))
              .feature("since_last" + i, sinceLast().where(field(Tap::declined)).over(window))
              .feature("since_first" + i, sinceFirst().where(field(Tap::declined)).over(window))
              .feature("gap" + i, gapMean().where(field(Tap::declined)).over(window))
              .feature("last" + i, last(Tap::fee).over(window))
              .feature("previous" + i, previous(Tap::fee).over(window).excludingRequest())
              .feature("first" + i, first(Tap::fee).where(field(Tap::declined)).over(window))
              .feature("change" + i, change(Tap::amount).where(field(Tap::declined)).over(window))
              .feature("speed" + i, speed(Tap::north, Tap::fee).over(window))
              .feature("last_k" + i, lastK(Tap::fee, 40).over(window))
              .feature("first_k" + i, firstK(Tap::amount, 3).over(window))
              .feature("max" + i, max(Tap::amount).over(window))
              .feature("min" + i, min(Tap::amount).over(window).excludingRequest())
              .feature("least_fee" + i, min(Tap::fee).where(field(Tap::declined)).over(window))
              .feature("distinct" + i, distinct(Tap::fee).over(window));
    }
    return FeaturePlan.of(FeatureSet.named("hot").forEach(taps).with(view));
  }

  private static List<RecordedEvent> events(SplittableRandom random, int shape) {
    List<RecordedEvent> events = new ArrayList<>();
    boolean recorded = shape % 2 == 1;
    int rare = shape < 4 ? 90 : 4;
    for (int i = 0; i < EVENTS; i++) {
      long at = time(random, shape / 2, i);
      long known = known(random, shape / 2, at);
      double amount =
          switch (random.nextInt(2) + shape % 3) {
            case 0, 1 -> i;
            case 2 -> -i;
            default -> random.nextInt(3);
          };
      Tap tap =
          new Tap(
              "t" + (random.nextInt(30) == 0 ? random.nextInt(i + 1) : i),
              "hot",
              amount,
              random.nextInt(rare) == 0 || i < 40 ? (Long) (long) random.nextInt(80) : null,
              random.nextInt(rare) == 0 ? (Double) (double) random.nextInt(90) : null,
              random.nextInt(rare) == 0,
              Micros.toInstant(at),
              Micros.toInstant(known));
      events.add(
          new RecordedEvent(
              0,
              tap,
              recorded ? known : RecordedEvent.NO_RECORD_TIMESTAMP,
              recorded ? KnowledgePosition.packSequence(random.nextInt(2), i) : 0));
    }
    return events;
  }

  /** Midnights; days; seconds; hours with what ties by chance. */
  private static long time(SplittableRandom random, int shape, int i) {
    return switch (shape) {
      case 0 -> START + i / 130 * 24 * HOUR;
      case 1 -> START + random.nextLong(24 * HOUR) + i / 150 * 24 * HOUR;
      case 2 -> START + i * 60_000_000L;
      default -> START + i / 12 * HOUR - random.nextInt(3) * HOUR;
    };
  }

  private static long known(SplittableRandom random, int shape, long at) {
    return switch (shape) {
      case 0 -> at;
      case 1 -> START + (at - START) / (24 * HOUR) * 24 * HOUR + 24 * HOUR;
      case 2 -> at + random.nextLong(3 * HOUR);
      default -> at + random.nextInt(4) * HOUR;
    };
  }

  private interface Way {
    KernelRun run(KernelRun run, SplittableRandom random);
  }

  private static void check(String way, Way path) {
    int present = 0;
    for (Case c : Case.ALL) {
      KernelRun actual = path.run(new KernelRun(c.plan, c.rows), new SplittableRandom(c.seed));
      assertTrue(c.expected.size() > EVENTS / 2, "few are usable, seed " + c.seed);
      for (OracleVector vector : c.expected) {
        Values values = actual.vectors.get(vector.place()).values();
        for (int i = 0; i < values.size(); i++) {
          int feature = i;
          assertEquals(
              vector.values().get(i),
              values.get(i),
              () ->
                  way
                      + ", seed "
                      + c.seed
                      + ", request "
                      + vector.place()
                      + ": "
                      + c.plan.features().get(feature));
          present += values.isNull(i) ? 0 : 1;
        }
      }
    }
    System.out.printf(
        "hot key, %s: %d values not null, seeds %d to %d%n",
        way, present, FIRST_SEED, FIRST_SEED + SEEDS - 1);
  }

  @Test
  void inKnowledgeOrder() {
    check("in knowledge order", (run, random) -> run.run(run.inKnowledgeOrder()));
  }

  @Test
  void pruned() {
    check("pruned", (run, random) -> run.runPruning());
  }

  @Test
  void inRandomOrder() {
    check("in random order", (run, random) -> run.run(run.inRandomOrder(random)));
  }

  @Test
  void stored() {
    check("stored", (run, random) -> run.runStoring(run.inKnowledgeOrder(), random));
    check("in blocks", (run, random) -> run.runInBlocks(run.inRandomOrder(random), random, false));
  }

  @Test
  void retracted() {
    check("retracted", (run, random) -> run.runRetracting(run.inRandomOrder(random), random));
  }
}
