package dev.lockstep.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.benchmarks.load.Arrivals;
import dev.lockstep.benchmarks.load.Arriving;
import dev.lockstep.benchmarks.load.Scenario;
import dev.lockstep.benchmarks.peer.PeerCheck;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is compared does the same work. */
class PeersTest {
  private static final int EVENTS = 5_000;

  @Test
  void peersAgreeWhenEventsLeaveTheLongestWindow() {
    PeerCheck.check(new Arrivals(Arriving.EACH_SECOND, AnswerBenchmark.SEED), 95_000);
  }

  @ParameterizedTest
  @CsvSource({"TEN_WINDOWS,TEN_WINDOWS_PLAIN", "TEN_WINDOWS_DOUBLE,TEN_WINDOWS_PLAIN_DOUBLE"})
  void plainSumsAreNearTheExactOnes(Scenario exact, Scenario plain) {
    AnswerBenchmark ours = filled(exact);
    AnswerBenchmark theirs = filled(plain);
    for (int i = 0; i < EVENTS; i++) {
      Values expected = ours.answer();
      Values actual = theirs.answer();
      for (int column = 0; column < expected.size(); column++) {
        String where = "event " + i + " column " + column;
        assertEquals(expected.isNull(column), actual.isNull(column), where);
        if (expected.type(column) == ValueType.DOUBLE) {
          double value = expected.getDouble(column);
          assertEquals(value, actual.getDouble(column), 1e-6 * Math.max(1, value), where);
        } else {
          assertEquals(expected.get(column), actual.get(column), where);
        }
      }
    }
  }

  private static AnswerBenchmark filled(Scenario scenario) {
    AnswerBenchmark benchmark = new AnswerBenchmark();
    benchmark.scenario = scenario;
    benchmark.fill = 0;
    benchmark.fill();
    return benchmark;
  }
}
