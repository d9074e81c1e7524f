package dev.lockstep.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Column;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.plan.Shop.Swipe;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** C15: what a spine must have, may have, and what is said where it hasn't. */
class SpinePlanTest {
  private static final FeatureSet<Swipe> SET = Shop.fraud();

  @Test
  void requiredAndOptional() {
    FeaturePlan plan = FeaturePlan.of(SET);
    SpinePlan bare = SpinePlan.of(plan, Set.of("card", "at", "amount"));
    assertFalse(bare.hasId());
    assertFalse(bare.hasAvailableAt());
    assertTrue(bare.has(plan.requestSource().eventTimeColumn()));
    assertFalse(bare.has(-1), "a column that the source doesn't declare");
    assertTrue(SpinePlan.of(plan, Set.of("card", "at", "amount", "id")).hasId());
  }

  @Test
  void availability() {
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(Shop.swipes().availableAt(Swipe::known).sequence(Swipe::seq))
            .request("amount", Swipe::amount);
    FeaturePlan plan = FeaturePlan.of(set);
    assertFalse(SpinePlan.of(plan, Set.of("at", "amount")).hasAvailableAt());
    assertTrue(SpinePlan.of(plan, Set.of("at", "amount", "known")).hasAvailableAt());
  }

  @Test
  void allThatIsMissingIsSaidAtOnce() {
    SpineException thrown =
        assertThrows(
            SpineException.class,
            () -> SpinePlan.of(FeaturePlan.of(SET, Shop.label()), Set.of("known", "amt")));
    assertEquals(
        """
        the spine lacks what feature set fraud_v1 reads of a request:
          [id], read by label fraud
          [at], read by event time
          [card], read by entity card, view card_activity, view card_refunds, lookup of table accounts
          [amount], read by feature amount, feature amount_over_avg
            its columns are: [amt, known]
            cure: add the missing ones to the spine, under these names""",
        thrown.getMessage());
  }

  @Test
  void computedColumnsNeedWholeRecords() {
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(Shop.swipes())
            .request("cents", Column.computed("cents", 1, Double.class, Swipe::cents));
    SpineException thrown =
        assertThrows(
            SpineException.class,
            () ->
                SpinePlan.of(
                    FeaturePlan.of(set, Label.column("seq", Swipe::seq)), Set.of("at", "amount")));
    assertEquals(
        """
        the spine lacks what feature set s reads of a request:
          [id, card, merchant, known, seq], read by feature cents
          [seq], read by label seq
            its columns are: [amount, at]
            cure: add the missing ones to the spine, under these names""",
        thrown.getMessage());
  }
}
