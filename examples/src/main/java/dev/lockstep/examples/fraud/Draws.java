package dev.lockstep.examples.fraud;

import java.util.SplittableRandom;

/**
 * Random draws that are the same on every machine: 64-bit values of a {@link SplittableRandom} and
 * {@link StrictMath}, nothing whose algorithm a JDK may change.
 */
final class Draws {
  private final SplittableRandom random;

  Draws(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Uniform in [0, 1), in steps of 2^-53. */
  double uniform() {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [from, to). */
  double uniform(double from, double to) {
    return from + (to - from) * uniform();
  }

  /** An integer, uniform in [from, to]. */
  int integer(int from, int to) {
    return from + (int) (uniform() * (to - from + 1));
  }

  /** True so often. */
  boolean chance(double probability) {
    return uniform() < probability;
  }

  /** Exponential with a mean. */
  double exponential(double mean) {
    return -mean * StrictMath.log(1 - uniform());
  }

  /** Normal with mean 0 and deviation 1, by Box and Muller. */
  double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * Math.PI * uniform());
  }

  /** Log-normal with a median and the deviation of its logarithm. */
  double logNormal(double median, double deviation) {
    return median * StrictMath.exp(deviation * normal());
  }

  /** Poisson with a small mean, by Knuth's product of uniforms. */
  int poisson(double mean) {
    double limit = StrictMath.exp(-mean);
    int events = 0;
    for (double product = uniform(); product > limit; product *= uniform()) {
      events++;
    }
    return events;
  }

  /** An index, as often as its weight says; the weights are given as running totals. */
  int index(double[] runningTotals) {
    double target = uniform() * runningTotals[runningTotals.length - 1];
    int low = 0;
    int high = runningTotals.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (runningTotals[middle] > target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
