package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.load.HotArrivals;
import dev.lockstep.benchmarks.load.HotLoad;
import dev.lockstep.value.Values;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The time that the kernel takes for an event of a hot entity and a request, by load. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotBenchmark {
  /** What happens to the entity. */
  @Param public HotLoad load = HotLoad.SPREAD;

  /** How many events a day has: 1 to measure, less to try. */
  @Param("1.0")
  public double fill = 1;

  private HotArrivals arrivals = new HotArrivals(load, fill, AnswerBenchmark.SEED);

  /** Fills the windows before anything is measured. */
  @Setup
  public void fill() {
    arrivals = new HotArrivals(load, fill, AnswerBenchmark.SEED);
    arrivals.fill();
  }

  /** Takes in the next event and answers it. */
  @Benchmark
  public Values answer() {
    return arrivals.next();
  }
}
