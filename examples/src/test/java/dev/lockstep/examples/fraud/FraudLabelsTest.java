package dev.lockstep.examples.fraud;

import static dev.lockstep.examples.fraud.FraudFeatures.FRAUD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.DefinitionWarning;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A label of each kind on one feature set. */
class FraudLabelsTest {
  private static FeaturePlan plan(Label<?> label) {
    return FeaturePlan.of(FRAUD, label);
  }

  private static OptionalLong micros(Duration duration) {
    return OptionalLong.of(duration.toNanos() / 1_000);
  }

  private static OptionalLong maturity(Label<?> label) {
    return plan(label).label().orElseThrow().maturityMicros();
  }

  @Test
  void maturity() {
    Duration month = Duration.ofDays(30).plusHours(1);
    assertEquals(micros(month), maturity(FraudLabels.SETTLED_AS_FRAUD));
    assertEquals(micros(month), maturity(FraudLabels.FRAUD_IN_30_DAYS));
    assertEquals(micros(Duration.ofHours(8)), maturity(FraudLabels.SPEND_NEXT_2H));
    assertEquals(OptionalLong.empty(), maturity(FraudLabels.AMOUNT));
    assertEquals(micros(Duration.ofDays(5).plusHours(1)), maturity(FraudFeatures.FRAUDULENT));
  }

  /** The amount is a feature too, and in many: a label of the request's own is warned of. */
  @Test
  void warnings() {
    assertEquals(List.of(), plan(FraudLabels.FRAUD_IN_30_DAYS).warnings());
    List<DefinitionWarning> warnings = plan(FraudLabels.AMOUNT).warnings();
    assertEquals(List.of("label swiped"), warnings.stream().map(w -> w.subject()).toList());
  }
}
