package dev.lockstep.training.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * What a comparison of two models comes to: a model is better or worse by what it tells apart, by
 * its log loss and by its calibration, each only where that is hardly chance.
 *
 * @param title one line
 * @param text why
 */
public record Verdict(Kind kind, String title, String text) {

  /** Which way it goes. */
  public enum Kind {
    BETTER,
    WORSE,
    /** Better at one, worse at another. */
    MIXED,
    /** Nothing that chance wouldn't do. */
    UNCLEAR
  }

  /** A calibration error differs only if by this part of the rarer label's share. */
  private static final double CALIBRATION_MATTERS = 0.1;

  private static final String MODEL = " than the previous model";

  static Verdict of(Uncertainty differences, Evaluation quality) {
    List<String> better = new ArrayList<>();
    List<String> worse = new ArrayList<>();
    Estimate auc = differences.auc();
    if (auc.isSure()) {
      (auc.value() > 0 ? better : worse).add("it tells the labels apart");
    }
    Estimate loss = differences.logLoss();
    if (loss.isSure()) {
      (loss.value() < 0 ? better : worse).add("its log loss is");
    }
    Estimate error = differences.calibrationError();
    double rate = (double) quality.positives() / quality.rows();
    if (error.isSure()
        && Math.abs(error.value()) >= CALIBRATION_MATTERS * Math.min(rate, 1 - rate)) {
      (error.value() < 0 ? better : worse).add("its scores mean what they say");
    }
    return of(better, worse);
  }

  private static Verdict of(List<String> better, List<String> worse) {
    if (better.isEmpty() && worse.isEmpty()) {
      return new Verdict(
          Kind.UNCLEAR,
          "No clear difference",
          "The AUCs, log losses and calibration errors differ by what chance may do.");
    }
    if (worse.isEmpty()) {
      return new Verdict(Kind.BETTER, "Better" + MODEL, "On the test rows " + told(better, true));
    }
    String think = ": think before putting it into use.";
    return better.isEmpty()
        ? new Verdict(Kind.WORSE, "Worse" + MODEL, "On the test rows " + told(worse, false) + think)
        : new Verdict(
            Kind.MIXED,
            "Better at one, worse at another" + MODEL,
            "On the test rows " + told(better, true) + "; but " + told(worse, false) + think);
  }

  private static String told(List<String> what, boolean better) {
    List<String> parts = new ArrayList<>();
    for (String w : what) {
      parts.add(
          w.startsWith("its log loss")
              ? w + (better ? " lower" : " higher")
              : w + (better ? " better" : " worse"));
    }
    return String.join(", ", parts);
  }
}
