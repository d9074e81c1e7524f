package dev.lockstep.training;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.PlanDifference;
import java.nio.file.Path;
import java.util.List;

/** Whether a training set is of the plan at hand (C14). */
final class PlanCheck {
  private static final int LINES_SHOWN = 12;

  private PlanCheck() {}

  /**
   * Refuses a training set of another plan.
   *
   * @param fingerprint of the plan that computed the set
   * @param planText that plan's text
   * @throws TrainingException with both fingerprints and what differs
   */
  static void requireSame(Path folder, String fingerprint, String planText, FeaturePlan plan) {
    if (fingerprint.equals(plan.fingerprint())) {
      return;
    }
    List<String> differences = PlanDifference.lines(planText, plan.text());
    StringBuilder text =
        new StringBuilder()
            .append("the training set in ")
            .append(folder)
            .append(" is of the plan ")
            .append(fingerprint)
            .append(", the plan of ")
            .append(plan.name())
            .append(" is now ")
            .append(plan.fingerprint())
            .append("; what differs (- the set's, + now's):");
    differences.stream().limit(LINES_SHOWN).forEach(l -> text.append("\n  ").append(l));
    if (differences.size() > LINES_SHOWN) {
      text.append("\n  and ").append(differences.size() - LINES_SHOWN).append(" lines more");
    }
    throw new TrainingException(
        text.toString(), "export the training set again, or run the definitions that it is of");
  }
}
