package dev.lockstep.training.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
   * @param othersCalibration of the other model's scores
   * @param auc by how much this model's is above the other's
   * @param logLoss the same; below 0 is better
   */
  public record Figures(
      Evaluation others, Calibration othersCalibration, Difference auc, Difference logLoss) {}

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
      float[] labels, float[] scores, float[] others, double othersThreshold) {
    PairedBootstrap.Differences d = PairedBootstrap.of(labels, scores, others);
    return new Figures(
        Evaluation.at(othersThreshold, labels, others),
        Calibration.of(labels, others, 10),
        d.auc(),
        d.logLoss());
  }

  /**
   * Some lines for people.
   *
   * @param own what this model does on the rows
   */
  public String summary(ScoreReport own) {
    StringBuilder text = new StringBuilder("compared with ").append(other);
    Figures f = figures;
    if (f != null) {
      line(text, "AUC", own.quality().auc(), f.others.auc(), f.auc);
      line(text, "log loss", own.quality().logLoss(), f.others.logLoss(), f.logLoss);
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %-18s %.4f, was %.4f",
              "calibration error",
              own.calibration().error(),
              f.othersCalibration.error()));
    }
    return text
        + notes.stream()
            .map(n -> System.lineSeparator() + "  note: " + n)
            .collect(Collectors.joining());
  }

  private static void line(
      StringBuilder text, String what, double own, double others, Difference difference) {
    text.append(
        String.format(
            Locale.ROOT,
            "%n  %-18s %.4f, was %.4f: %+.4f (95 %%: %+.4f to %+.4f)%s",
            what,
            own,
            others,
            difference.value(),
            difference.low(),
            difference.high(),
            difference.isSure() ? "" : ", may be chance"));
  }
}
