package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.load.Arrivals;
import dev.lockstep.benchmarks.load.HotEntity;
import dev.lockstep.benchmarks.load.Scenario;
import dev.lockstep.benchmarks.load.Views;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The time that the kernel takes for one event that is answered as a request, by scenario. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AnswerBenchmark {
  static final long SEED = 1;

  private static final long LEAST_EVENTS = 100_000;

  /** The load. */
  @Param public Scenario scenario = Scenario.TEN_WINDOWS;

  /** How full the longest window is before the measurement; 1 to measure, less to try. */
  @Param("1.0")
  public double fill = 1;

  private ViewPlan view = Views.byScenario(scenario);
  private HotEntity entity = new HotEntity(view);
  private Arrivals arrivals = new Arrivals(scenario.arriving(), SEED);
  private int amountColumn;
  private int merchantColumn;
  private boolean isOfIntegers;

  /** Fills the longest window. */
  @Setup
  public void fill() {
    view = Views.byScenario(scenario);
    entity = new HotEntity(view);
    arrivals = new Arrivals(scenario.arriving(), SEED);
    Duration longest = scenario.windows().get(scenario.windows().size() - 1);
    amountColumn = HotEntity.columnOf(view, "sum_" + longest.toMinutes());
    merchantColumn = HotEntity.columnOf(view, "distinct_" + longest.toMinutes());
    isOfIntegers = scenario.sums().isOfIntegers();
    long events = eventsToFill(Micros.of(longest), scenario.arriving().meanGapMicros(), fill);
    for (long i = 0; i < events; i++) {
      answer();
    }
  }

  /**
   * Somewhat more events than a window holds on average and enough to compile what runs, or a share
   * of that.
   */
  static long eventsToFill(long windowMicros, long meanGapMicros, double fill) {
    return (long) (fill * Math.max(LEAST_EVENTS, 1.05 * windowMicros / meanGapMicros));
  }

  /** Takes in the next event and answers it. */
  @Benchmark
  public Values answer() {
    arrivals.advance();
    Values event = entity.event();
    if (isOfIntegers) {
      event.setLong(amountColumn, arrivals.cents());
    } else {
      event.setDouble(amountColumn, arrivals.amount());
    }
    event.setLong(merchantColumn, arrivals.merchant());
    return entity.answer(
        arrivals.eventTimeMicros(), arrivals.availableAtMicros(), arrivals.sequence());
  }
}
