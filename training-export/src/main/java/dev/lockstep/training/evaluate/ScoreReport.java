package dev.lockstep.training.evaluate;

import java.util.List;
import java.util.Locale;

/**
 * All that is said of scores against the labels that came. Immutable.
 *
 * @param quality AUC, log loss and what the threshold gives
 * @param brier the mean squared difference of score and label, 0 to 1; lower is better
 * @param confusion at the threshold
 * @param curves ROC and precision-recall
 * @param calibration in ten bins
 * @param tenths of the rows, by score
 * @param periods of time
 */
public record ScoreReport(
    Evaluation quality,
    double brier,
    Confusion confusion,
    Curves curves,
    Calibration calibration,
    List<Tenth> tenths,
    List<Period> periods) {

  private static final int CALIBRATION_BINS = 10;

  public ScoreReport {
    tenths = List.copyOf(tenths);
    periods = List.copyOf(periods);
  }

  /**
   * Evaluates scores at a threshold.
   *
   * @param labels each 0 or 1
   * @param scores one a label, 0 to 1
   * @param timesMicros when each row happened
   * @throws IllegalArgumentException as {@link Evaluation#at}
   */
  public static ScoreReport of(
      double threshold, float[] labels, float[] scores, long[] timesMicros) {
    RankedScores ranked = RankedScores.of(labels, scores);
    return new ScoreReport(
        Evaluation.at(threshold, labels, scores),
        brier(labels, scores),
        Confusion.at(threshold, labels, scores),
        Curves.of(ranked),
        Calibration.of(labels, scores, CALIBRATION_BINS),
        Tenth.of(ranked),
        Period.of(labels, scores, timesMicros));
  }

  private static double brier(float[] labels, float[] scores) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      double off = (double) scores[i] - labels[i];
      sum += off * off;
    }
    return sum / labels.length;
  }

  /** Some lines for people. */
  public String summary() {
    return String.join(
        System.lineSeparator(),
        quality.summary(),
        String.format(
            Locale.ROOT,
            "average precision %.4f, Brier %.4f; the highest tenth of scores has %.1f %% of all 1s",
            curves.averagePrecision(),
            brier,
            100 * tenths.get(0).gain()),
        calibration.summary());
  }
}
