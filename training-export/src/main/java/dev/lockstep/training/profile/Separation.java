package dev.lockstep.training.profile;

import java.util.Arrays;

/**
 * How well one column alone tells rows of label 1 from those of label 0.
 *
 * @param auc the chance that a random 1 has a greater value than a random 0, ties counting half;
 *     nulls are a group of their own, at the place in the order where it tells most. Under one half
 *     where greater values go with label 0. NaN if not both labels occur
 * @param nullAuc the same of being null alone
 * @param ones rows of label 1
 * @param zeros rows of label 0
 */
record Separation(double auc, double nullAuc, long ones, long zeros) {

  /** How far from knowing nothing, whichever way: 0.5 to 1. */
  double strength() {
    return Math.max(auc, 1 - auc);
  }

  double nullStrength() {
    return Math.max(nullAuc, 1 - nullAuc);
  }

  /**
   * Exact (Mann-Whitney U with midranks).
   *
   * @param labels 0 or 1; rows of others, such as NaN, don't count
   */
  static Separation of(double[] values, double[] labels) {
    double[] ones = sorted(values, labels, 1);
    double[] zeros = sorted(values, labels, 0);
    long nullOnes = count(labels, 1) - ones.length;
    long nullZeros = count(labels, 0) - zeros.length;
    double pairs = (double) (ones.length + nullOnes) * (zeros.length + nullZeros);
    if (pairs == 0) {
      return new Separation(
          Double.NaN, Double.NaN, ones.length + nullOnes, zeros.length + nullZeros);
    }
    long twiceWon = 0;
    long most = 2 * nullZeros * ones.length; // nulls below all
    long least = most;
    int one = 0;
    int zero = 0;
    while (one < ones.length || zero < zeros.length) {
      double value = least(ones, one, zeros, zero);
      int oneEnd = endOf(ones, one, value);
      int zeroEnd = endOf(zeros, zero, value);
      twiceWon += (long) (oneEnd - one) * (2L * zero + (zeroEnd - zero));
      one = oneEnd;
      zero = zeroEnd;
      long nullsHere = 2 * (nullOnes * zero + nullZeros * (ones.length - one));
      most = Math.max(most, nullsHere);
      least = Math.min(least, nullsHere);
    }
    long tied = nullOnes * nullZeros;
    double up = (twiceWon + most + tied) / (2 * pairs);
    double down = (twiceWon + least + tied) / (2 * pairs);
    double nullShares =
        (double) nullOnes / (ones.length + nullOnes)
            - (double) nullZeros / (zeros.length + nullZeros);
    return new Separation(
        up - 0.5 >= 0.5 - down ? up : down,
        0.5 + nullShares / 2,
        ones.length + nullOnes,
        zeros.length + nullZeros);
  }

  private static double least(double[] ones, int one, double[] zeros, int zero) {
    if (one == ones.length) {
      return zeros[zero];
    }
    return zero == zeros.length ? ones[one] : Math.min(ones[one], zeros[zero]);
  }

  private static int endOf(double[] sorted, int start, double value) {
    int end = start;
    while (end < sorted.length && sorted[end] == value) {
      end++;
    }
    return end;
  }

  private static int count(double[] labels, double label) {
    int count = 0;
    for (double l : labels) {
      count += l == label ? 1 : 0;
    }
    return count;
  }

  private static double[] sorted(double[] values, double[] labels, double label) {
    double[] chosen = new double[count(labels, label)];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (labels[i] == label && !Double.isNaN(values[i])) {
        chosen[n++] = values[i] + 0.0; // -0.0 is 0.0
      }
    }
    chosen = Arrays.copyOf(chosen, n);
    Arrays.sort(chosen);
    return chosen;
  }
}
