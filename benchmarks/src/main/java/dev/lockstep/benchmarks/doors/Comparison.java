package dev.lockstep.benchmarks.doors;

import java.io.IOException;
import java.util.Arrays;

/**
 * Two ways to read the same rows, one after the other in each round, and what they took.
 *
 * @param key of its ratio: the rate of ours through theirs
 * @param text what is compared
 * @param target the least that the ratio should be
 */
record Comparison(String key, String text, double target, long rows, Side ours, Side theirs) {
  private static final double NANOS = 1e9;

  /**
   * What was found: medians.
   *
   * @param ours rows a second
   * @param theirs rows a second
   */
  record Found(Comparison of, double ours, double theirs) {
    double ratio() {
      return ours / theirs;
    }
  }

  /** The times of some rounds, in nanoseconds. */
  static final class Times {
    private final long[] ours;
    private final long[] theirs;

    Times(int rounds) {
      ours = new long[rounds];
      theirs = new long[rounds];
    }
  }

  /**
   * One round. Who is first changes with each, so that neither always pays for the other's garbage.
   *
   * @throws IllegalStateException if the sides don't read the same
   */
  void round(Times into, int round) throws IOException {
    long sumOfOurs;
    long sumOfTheirs;
    if (round % 2 == 0) {
      sumOfOurs = timed(ours, into.ours, round);
      sumOfTheirs = timed(theirs, into.theirs, round);
    } else {
      sumOfTheirs = timed(theirs, into.theirs, round);
      sumOfOurs = timed(ours, into.ours, round);
    }
    if (sumOfOurs != sumOfTheirs) {
      throw new IllegalStateException(
          text + ": ours sums up to " + sumOfOurs + ", theirs to " + sumOfTheirs);
    }
  }

  private static long timed(Side side, long[] into, int round) throws IOException {
    long start = System.nanoTime();
    long sum = side.read();
    into[round] = System.nanoTime() - start;
    return sum;
  }

  Found found(Times times) {
    return new Found(this, rows * NANOS / median(times.ours), rows * NANOS / median(times.theirs));
  }

  private static double median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : (sorted[middle - 1] + (double) sorted[middle]) / 2;
  }
}
