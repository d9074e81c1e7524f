package dev.lockstep.examples.habits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.AggregationLaws;
import dev.lockstep.value.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code of docs/aggregations.md. */
class CardHabitsTest {
  @Test
  void modifiersMakeFeaturesOfTheirOwn() {
    FeaturePlan plan =
        FeaturePlan.of(
            FeatureSet.named("habits").forEach(CardHabits.PAYMENTS).with(CardHabits.view()));
    assertEquals(
        List.of(
            "spent_24h",
            "spent_90d",
            "spent_this_month",
            "large",
            "spent_in_FR",
            "spent_in_DE",
            "usual",
            "seconds_since",
            "merchant_1",
            "merchant_2",
            "merchant_3",
            "metres",
            "midrange"),
        plan.features().stream().map(FeatureColumn::name).toList());
  }

  @Test
  void anAggregationOfOnesOwnKeepsTheLaws() {
    AggregationLaws.check(new Midrange(), ValueType.DOUBLE, 1L);
  }
}
