package dev.lockstep.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.plan.FeaturePlan;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlanCheckTest {

  @Test
  void namesBothFingerprintsAndWhatDiffers() {
    FeaturePlan then = SyntheticPlan.plan();
    FeaturePlan now = SyntheticPlan.planWithOneMore();
    Path folder = Path.of("sets", "march");

    String message =
        assertThrows(
                TrainingException.class,
                () -> PlanCheck.requireSame(folder, then.fingerprint(), then.text(), now))
            .getMessage();

    assertTrue(
        message.startsWith(
            "the training set in "
                + folder
                + " is of the plan "
                + then.fingerprint()
                + ", the plan of fraud is now "
                + now.fingerprint()),
        message);
    assertEquals(
        1, message.lines().filter(l -> l.startsWith("  + ") && l.contains("small")).count());
    assertEquals(0, message.lines().filter(l -> l.startsWith("  - ")).count(), message);
    assertTrue(
        message.endsWith(
            "cure: export the training set again, or run the definitions that it is of"),
        message);
  }

  @Test
  void takesTheSamePlan() {
    FeaturePlan plan = SyntheticPlan.plan();

    PlanCheck.requireSame(Path.of("set"), plan.fingerprint(), plan.text(), SyntheticPlan.plan());
  }
}
