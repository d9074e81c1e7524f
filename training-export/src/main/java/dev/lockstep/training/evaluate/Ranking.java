package dev.lockstep.training.evaluate;

import java.util.Arrays;

/**
 * Rows in the order of their scores, sorted once, to measure many drawings of them.
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
}
