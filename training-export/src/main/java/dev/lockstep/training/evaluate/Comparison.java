package dev.lockstep.training.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model beside another, on the same rows.
 *
 * @param other the other model's name and version
 * @param notes what to know before believing the figures, such as another fingerprint
 * @param figures null where the other model can't score these rows; the notes say why
 */
public record Comparison(String other, List<String> notes, @Nullable Figures figures) {

  /**
   * What was measured.
   *
   * @param others what the other model does, at its own threshold
   * @param othersAveragePrecision as {@link Curves#averagePrecision}
   * @param othersCalibration of the other model's scores
   * @param differences by how much this model's figures are above the other's; null where the rows
   *     are too few to tell
   */
  public record Figures(
      Evaluation others,
      double othersAveragePrecision,
      Calibration othersCalibration,
      @Nullable Uncertainty differences) {

    /** What it comes to. */
    public Verdict verdict() {
      return differences == null
          ? new Verdict(
              Verdict.Kind.UNCLEAR,
              "No clear difference",
              "The test rows are too few to tell the models apart.")
          : Verdict.of(differences, others);
    }
  }

  public Comparison {
    notes = List.copyOf(notes);
  }

  /**
   * Measures both on the same rows.
   *
   * @param othersThreshold the other model's
   * @throws IllegalArgumentException as {@link Evaluation#at}
   */
  public static Figures measure(
      TestRows rows, float[] scores, float[] others, double othersThreshold) {
    RankedScores ranked = RankedScores.of(rows.labels(), others);
    RankedScores.of(rows.labels(), scores); // refused before it is drawn
    return new Figures(
        Evaluation.at(othersThreshold, rows.labels(), others),
        Curves.of(ranked).averagePrecision(),
        Calibration.of(rows.labels(), others, Calibration.BINS),
        Uncertainty.of(rows, scores, others));
  }

  /**
   * Some lines for people.
   *
   * @param own what this model does on the rows
   */
  public String summary(ScoreReport own) {
    List<String> lines = new ArrayList<>();
    lines.add("compared with " + other);
    Figures f = figures;
    if (f != null) {
      Verdict verdict = f.verdict();
      lines.add("  " + verdict.title() + ". " + verdict.text());
      Uncertainty d = f.differences;
      lines.add(line("AUC", own.quality().auc(), f.others.auc(), d == null ? null : d.auc()));
      lines.add(
          line(
              "average precision",
              own.curves().averagePrecision(),
              f.othersAveragePrecision,
              d == null ? null : d.averagePrecision()));
      lines.add(
          line(
              "log loss",
              own.quality().logLoss(),
              f.others.logLoss(),
              d == null ? null : d.logLoss()));
      lines.add(
          line(
              "calibration error",
              own.calibration().error(),
              f.othersCalibration.error(),
              d == null ? null : d.calibrationError()));
    }
    notes.forEach(n -> lines.add("  note: " + n));
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(
      String what, double own, double others, @Nullable Estimate difference) {
    String figures = String.format(Locale.ROOT, "  %-18s %.4f, was %.4f", what, own, others);
    if (difference == null) {
      return figures;
    }
    return figures
        + String.format(Locale.ROOT, ": %+.4f (95 %%: ", difference.value())
        + difference.signedInterval(4)
        + ", by "
        + difference.by()
        + ")"
        + (difference.isSure() ? "" : ", may be chance");
  }
}
