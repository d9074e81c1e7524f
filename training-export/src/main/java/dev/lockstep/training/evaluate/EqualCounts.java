package dev.lockstep.training.evaluate;

import java.util.Arrays;

/** Rows in the order of their scores in bins of equal count; rows of one score are never apart. */
final class EqualCounts {
  private EqualCounts() {}

  /**
   * Where each bin ends: after so many rows from the lowest score up. Fewer bins than asked for
   * where scores are tied.
   */
  static int[] ends(Ranking ranking, int bins) {
    int rows = ranking.ascending().length;
    int[] ends = new int[bins];
    int count = 0;
    for (int b = 1; b <= bins; b++) {
      int end = (int) ((long) rows * b / bins);
      while (end < rows && end > 0 && ranking.ties()[end]) {
        end++;
      }
      if (end > (count == 0 ? 0 : ends[count - 1])) {
        ends[count++] = end;
      }
    }
    return Arrays.copyOf(ends, count);
  }
}
