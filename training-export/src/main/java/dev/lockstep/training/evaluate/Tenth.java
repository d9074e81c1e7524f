package dev.lockstep.training.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * A tenth of the rows by score: where the 1s are.
 *
 * @param number 1 for the highest scores, to 10
 * @param rows how many
 * @param positives those of label 1. Where rows of one score lie in several tenths, each has their
 *     share, so this needn't be a whole number
 * @param rate positives a row
 * @param lift the rate over that of all rows
 * @param gain the share of all positives that are in this tenth or above
 */
public record Tenth(int number, int rows, double positives, double rate, double lift, double gain) {
  private static final int COUNT = 10;

  /** The tenths from the highest scores down; of fewer than ten rows, as many as rows. */
  static List<Tenth> of(RankedScores scores) {
    int count = Math.min(COUNT, scores.size());
    double[] positives = new double[count];
    long[] end = new long[count];
    for (int t = 0; t < count; t++) {
      end[t] = (long) scores.size() * (t + 1) / count;
    }
    int[] at = new int[2]; // rows seen, tenth
    scores.descend(
        (score, rows, ones) -> {
          int left = rows;
          while (left > 0) {
            int some = (int) Math.min(left, end[at[1]] - at[0]);
            positives[at[1]] += (double) ones * some / rows;
            left -= some;
            at[0] += some;
            at[1] += at[0] == end[at[1]] ? 1 : 0;
          }
        });
    List<Tenth> tenths = new ArrayList<>();
    double all = scores.positives();
    double sum = 0;
    for (int t = 0; t < count; t++) {
      int rows = (int) (end[t] - (t == 0 ? 0 : end[t - 1]));
      sum += positives[t];
      double rate = positives[t] / rows;
      tenths.add(new Tenth(t + 1, rows, positives[t], rate, rate * scores.size() / all, sum / all));
    }
    return tenths;
  }
}
