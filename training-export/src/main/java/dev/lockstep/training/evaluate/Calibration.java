package dev.lockstep.training.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether scores mean what they say: of the rows scored about 0.2, are a fifth of label 1? Bins of
 * equal width over 0 to 1; those without rows are left out.
 */
public record Calibration(List<Bin> bins) {

  /**
   * The rows whose scores lie in [from, to); in the last bin, 1 too.
   *
   * @param meanScore what was predicted
   * @param rate the share of label 1, what came
   */
  public record Bin(double from, double to, int rows, double meanScore, double rate) {}

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * The bins of scores.
   *
   * @param labels each 0 or 1
   * @param scores one a label, 0 to 1
   * @throws IllegalArgumentException if the lengths differ, or a score isn't in 0 to 1
   */
  public static Calibration of(float[] labels, float[] scores, int binCount) {
    if (labels.length != scores.length) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + scores.length + " scores");
    }
    int[] rows = new int[binCount];
    int[] ones = new int[binCount];
    double[] sums = new double[binCount];
    for (int i = 0; i < scores.length; i++) {
      if (!(scores[i] >= 0 && scores[i] <= 1)) {
        throw new IllegalArgumentException("score " + scores[i] + " isn't a probability");
      }
      int bin = Math.min((int) ((double) scores[i] * binCount), binCount - 1);
      rows[bin]++;
      ones[bin] += labels[i] == 1 ? 1 : 0;
      sums[bin] += scores[i];
    }
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < binCount; b++) {
      if (rows[b] > 0) {
        bins.add(
            new Bin(
                (double) b / binCount,
                (b + 1.0) / binCount,
                rows[b],
                sums[b] / rows[b],
                (double) ones[b] / rows[b]));
      }
    }
    return new Calibration(bins);
  }

  /**
   * How far predictions are from what came: the mean over all rows of their bin's distance between
   * mean score and rate (expected calibration error); 0 is best.
   */
  public double error() {
    double rows = 0;
    double sum = 0;
    for (Bin b : bins) {
      rows += b.rows;
      sum += b.rows * Math.abs(b.meanScore - b.rate);
    }
    return rows == 0 ? 0 : sum / rows;
  }

  /** A line a bin: its rows, what was predicted, what came. */
  public String summary() {
    return bins.stream()
        .map(
            b ->
                String.format(
                    Locale.ROOT,
                    "scores %.1f to %.1f: %8d rows, predicted %5.1f %%, came %5.1f %%",
                    b.from,
                    b.to,
                    b.rows,
                    100 * b.meanScore,
                    100 * b.rate))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
