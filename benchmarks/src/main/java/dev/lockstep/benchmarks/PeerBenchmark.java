package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.load.Arrivals;
import dev.lockstep.benchmarks.load.Arriving;
import dev.lockstep.benchmarks.load.Views;
import dev.lockstep.benchmarks.peer.Peer;
import dev.lockstep.benchmarks.peer.PeerCheck;
import dev.lockstep.benchmarks.peer.RequestKernel;
import dev.lockstep.time.Micros;
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

/** The time that each peer takes for one event of the common task that is answered as a request. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeerBenchmark {
  /** Who answers. */
  @Param public Peer peer = Peer.OURS;

  /** How full the longest window is before the measurement; 1 to measure, less to try. */
  @Param("1.0")
  public double fill = 1;

  private RequestKernel kernel = peer.kernel();
  private Arrivals arrivals = new Arrivals(Arriving.EACH_SECOND, AnswerBenchmark.SEED);

  /**
   * Checks that the peers agree, over events that leave every window too, and fills the longest.
   */
  @Setup
  public void fill() {
    long longest = Micros.of(Views.COMMON_WINDOWS.get(Views.COMMON_WINDOWS.size() - 1));
    long gap = Arriving.EACH_SECOND.meanGapMicros();
    int events = (int) AnswerBenchmark.eventsToFill(longest, gap, fill);
    PeerCheck.check(new Arrivals(Arriving.EACH_SECOND, AnswerBenchmark.SEED), events);
    kernel = peer.kernel();
    arrivals = new Arrivals(Arriving.EACH_SECOND, AnswerBenchmark.SEED);
    for (int i = 0; i < events; i++) {
      arrivals.advance();
      kernel.add(arrivals.eventTimeMicros(), arrivals.cents());
    }
  }

  /** Takes in the next event and answers it. */
  @Benchmark
  public Values answer() {
    arrivals.advance();
    return kernel.answer(arrivals.eventTimeMicros(), arrivals.cents());
  }
}
