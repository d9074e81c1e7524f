package dev.lockstep.training.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether scores mean what they say: of the rows scored about 0.2, are a fifth of label 1? Bins of
 * equal count, from the lowest scores up, so that each tells equally much; rows of one score are
 * never apart.
 */
public record Calibration(List<Bin> bins) {
  static final int BINS = 10;

  /** The quantile of a normal distribution at 97.5 %. */
  private static final double Z = 1.959963984540054;

  /**
   * The rows of a range of scores.
   *
   * @param from their least score
   * @param to their greatest
   * @param meanScore what was predicted
   * @param rate the share of label 1, what came
   * @param low the lower end of the rate's 95 % interval, rows taken as independent (E. B. Wilson,
   *     Probable Inference, the Law of Succession, and Statistical Inference, 1927)
   * @param high its upper end
   */
  public record Bin(
      double from, double to, int rows, double meanScore, double rate, double low, double high) {

    static Bin of(double from, double to, int rows, double meanScore, int ones) {
      double rate = (double) ones / rows;
      double square = Z * Z / rows;
      double middle = (rate + square / 2) / (1 + square);
      double half = Z / (1 + square) * Math.sqrt(rate * (1 - rate) / rows + square / (4.0 * rows));
      double low = ones == 0 ? 0 : middle - half;
      double high = ones == rows ? 1 : middle + half;
      return new Bin(from, to, rows, meanScore, rate, low, high);
    }

    /** Whether what was predicted is within what chance allows around what came. */
    public boolean isWithin() {
      return low <= meanScore && meanScore <= high;
    }
  }

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * The bins of scores.
   *
   * @param labels each 0 or 1
   * @param scores one a label, 0 to 1
   * @param binCount how many bins at most
   * @throws IllegalArgumentException if the lengths differ, or a score isn't in 0 to 1
   */
  public static Calibration of(float[] labels, float[] scores, int binCount) {
    if (labels.length != scores.length) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + scores.length + " scores");
    }
    for (float score : scores) {
      if (!(score >= 0 && score <= 1)) {
        throw new IllegalArgumentException("score " + score + " isn't a probability");
      }
    }
    Ranking ranking = Ranking.of(scores);
    List<Bin> bins = new ArrayList<>();
    int start = 0;
    for (int end : EqualCounts.ends(ranking, binCount)) {
      int ones = 0;
      double sum = 0;
      for (int i = start; i < end; i++) {
        int row = ranking.ascending()[i];
        ones += labels[row] == 1 ? 1 : 0;
        sum += scores[row];
      }
      double from = scores[ranking.ascending()[start]];
      double to = scores[ranking.ascending()[end - 1]];
      bins.add(Bin.of(from, to, end - start, sum / (end - start), ones));
      start = end;
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
                    "scores %.4f to %.4f: %8d rows, predicted %5.1f %%, came %5.1f %%"
                        + " (95 %%: %.1f to %.1f)",
                    b.from,
                    b.to,
                    b.rows,
                    100 * b.meanScore,
                    100 * b.rate,
                    100 * b.low,
                    100 * b.high))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
