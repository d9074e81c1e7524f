package dev.lockstep.training.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All that is said of scores against the labels that came. Immutable.
 *
 * @param quality AUC, log loss and what the threshold gives
 * @param brier the mean squared difference of score and label, 0 to 1; lower is better
 * @param confusion at the threshold
 * @param curves ROC and precision-recall
 * @param calibration in ten bins of equal count
 * @param tenths of the rows, by score
 * @param periods of time
 * @param uncertainty of the figures; null where the rows are too few to tell
 */
public record ScoreReport(
    Evaluation quality,
    double brier,
    Confusion confusion,
    Curves curves,
    Calibration calibration,
    List<Tenth> tenths,
    List<Period> periods,
    @Nullable Uncertainty uncertainty) {

  public ScoreReport {
    tenths = List.copyOf(tenths);
    periods = List.copyOf(periods);
  }

  /**
   * Evaluates scores at a threshold.
   *
   * @param scores one a row, 0 to 1
   * @throws IllegalArgumentException as {@link Evaluation#at}
   */
  public static ScoreReport of(double threshold, TestRows rows, float[] scores) {
    float[] labels = rows.labels();
    RankedScores ranked = RankedScores.of(labels, scores);
    return new ScoreReport(
        Evaluation.at(threshold, labels, scores),
        brier(labels, scores),
        Confusion.at(threshold, labels, scores),
        Curves.of(ranked),
        Calibration.of(labels, scores, Calibration.BINS),
        Tenth.of(ranked),
        Period.of(labels, scores, rows.timesMicros()),
        Uncertainty.of(rows, scores, null));
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
    List<String> lines = new ArrayList<>();
    lines.add(quality.summary());
    lines.add(
        String.format(
            Locale.ROOT,
            "average precision %.4f, Brier %.4f; the highest tenth of scores has %.1f %% of all 1s",
            curves.averagePrecision(),
            brier,
            100 * tenths.get(0).gain()));
    lines.addAll(intervals());
    lines.add(calibration.summary());
    return String.join(System.lineSeparator(), lines);
  }

  private List<String> intervals() {
    Uncertainty u = uncertainty;
    if (u == null) {
      return List.of("the rows are too few to tell how sure the figures are");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.join(
            "; ",
            "95 %: AUC " + u.auc().interval(4) + " (by " + u.auc().by() + ")",
            "average precision "
                + u.averagePrecision().interval(4)
                + " (by "
                + u.averagePrecision().by()
                + ")",
            "log loss " + u.logLoss().interval(4) + " (by " + u.logLoss().by() + ")"));
    lines.add(
        String.format(
                Locale.ROOT, "mean score less the share of 1s: %+.4f (95 %%: ", u.offset().value())
            + u.offset().signedInterval(4)
            + ", by "
            + u.offset().by()
            + ")"
            + slope(u.slope()));
    u.notes().forEach(n -> lines.add("note: " + n));
    return lines;
  }

  private static String slope(@Nullable Estimate slope) {
    return slope == null
        ? ""
        : String.format(Locale.ROOT, "; calibration slope %.3f (95 %%: ", slope.value())
            + slope.interval(3)
            + ", by "
            + slope.by()
            + ")";
  }
}
