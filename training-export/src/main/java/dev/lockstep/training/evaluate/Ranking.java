package dev.lockstep.training.evaluate;

import java.util.Arrays;

/**
 * Rows in the order of their scores, sorted once, to find the AUC of many drawings of them.
 *
 * @param ascending the rows' indexes
 * @param ties whether a row has the score of the one before it
 */
record Ranking(int[] ascending, boolean[] ties) {

  static Ranking of(float[] scores) {
    long[] packed = new long[scores.length];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = ((long) sortable(scores[i]) << Integer.SIZE) | i;
    }
    Arrays.sort(packed);
    int[] ascending = new int[packed.length];
    boolean[] ties = new boolean[packed.length];
    for (int i = 0; i < packed.length; i++) {
      ascending[i] = (int) packed[i];
      ties[i] = i > 0 && packed[i] >> Integer.SIZE == packed[i - 1] >> Integer.SIZE;
    }
    return new Ranking(ascending, ties);
  }

  /** A float's bits, so that integers sort as the floats do; -0.0 and 0.0 are one score. */
  static int sortable(float score) {
    int bits = Float.floatToIntBits(score + 0.0f);
    return bits ^ ((bits >> 31) & 0x7fff_ffff);
  }

  /** The AUC where each row counts so many times; NaN where not both labels occur. */
  double auc(float[] labels, int[] times) {
    double won = 0;
    long zerosBelow = 0;
    long ones = 0;
    long tiedOnes = 0;
    long tiedZeros = 0;
    for (int i = 0; i < ascending.length; i++) {
      if (!ties[i]) {
        won += tiedOnes * (zerosBelow + tiedZeros / 2.0);
        zerosBelow += tiedZeros;
        ones += tiedOnes;
        tiedOnes = 0;
        tiedZeros = 0;
      }
      int row = ascending[i];
      if (labels[row] == 1) {
        tiedOnes += times[row];
      } else {
        tiedZeros += times[row];
      }
    }
    won += tiedOnes * (zerosBelow + tiedZeros / 2.0);
    zerosBelow += tiedZeros;
    ones += tiedOnes;
    return ones == 0 || zerosBelow == 0 ? Double.NaN : won / ((double) ones * zerosBelow);
  }
}
