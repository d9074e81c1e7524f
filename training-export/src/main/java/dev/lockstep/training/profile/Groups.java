package dev.lockstep.training.profile;

import java.util.Arrays;

/**
 * Rows in groups by a column's value: about ten of equal size, or one a value where there are few;
 * and the nulls last. Equal values are never apart.
 */
final class Groups {
  private static final int MOST = 10;

  /** The greatest value of each group but the last. */
  private final double[] bounds;

  private Groups(double[] bounds) {
    this.bounds = bounds;
  }

  /**
   * The groups of a column.
   *
   * @param sorted its values ascending, without nulls
   */
  static Groups of(double[] sorted) {
    double[] bounds =
        Distribution.distinct(sorted) <= MOST
            ? Arrays.stream(sorted).distinct().toArray()
            : deciles(sorted);
    int n = bounds.length;
    while (n > 0 && bounds[n - 1] >= sorted[sorted.length - 1]) {
      n--; // the last group has no bound
    }
    return new Groups(Arrays.copyOf(bounds, n));
  }

  private static double[] deciles(double[] sorted) {
    double[] bounds = new double[MOST - 1];
    for (int k = 1; k < MOST; k++) {
      bounds[k - 1] = sorted[(int) ((long) k * sorted.length / MOST) - 1];
    }
    return Arrays.stream(bounds).distinct().toArray();
  }

  /** How many, the nulls included. */
  int count() {
    return bounds.length + 2;
  }

  /** The group of a value; nulls have the last. */
  int of(double value) {
    if (Double.isNaN(value)) {
      return bounds.length + 1;
    }
    int at = Arrays.binarySearch(bounds, value);
    return at >= 0 ? at : -at - 1;
  }

  /** The groups of all rows. */
  int[] ofAll(double[] values) {
    int[] groups = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      groups[i] = of(values[i]);
    }
    return groups;
  }
}
