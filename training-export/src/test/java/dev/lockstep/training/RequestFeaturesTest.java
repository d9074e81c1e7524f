package dev.lockstep.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestFeaturesTest {

  @Test
  void areThoseDerivedFromTheRequestAloneOverAnyNumberOfSteps() {
    // Without channel, which is text; without what reads a view or a table, over two steps too.
    assertEquals(
        List.of("amount", "hour", "large", "large_at_night", "online", "capped"),
        RequestFeatures.of(SyntheticPlan.plan()));
  }

  @Test
  void areNoneWhereAllComesFromHistory() {
    assertEquals(
        List.of(),
        RequestFeatures.of(
            FeaturePlan.of(
                FeatureSet.named("history_only")
                    .forEach(SyntheticPlan.SWIPES)
                    .with(SyntheticPlan.ACTIVITY))));
  }
}
