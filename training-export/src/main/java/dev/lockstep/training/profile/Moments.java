package dev.lockstep.training.profile;

/**
 * Count, nulls, extremes, mean and spread of one column, one value after the other (Welford).
 *
 * <p>For people to look at: unlike a feature's own sums these are not exact.
 */
final class Moments {
  private long count;
  private long nulls;
  private double min = Double.NaN;
  private double max = Double.NaN;
  private double mean;
  private double squares;

  /** NaN counts as null. */
  void add(double value) {
    if (Double.isNaN(value)) {
      nulls++;
      return;
    }
    count++;
    min = count == 1 ? value : Math.min(min, value);
    max = count == 1 ? value : Math.max(max, value);
    double step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
  }

  long count() {
    return count;
  }

  long nulls() {
    return nulls;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  double mean() {
    return count == 0 ? Double.NaN : mean;
  }

  /** Of a sample (n - 1), as the aggregations' is; NaN under two values. */
  double stddev() {
    return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
  }
}
