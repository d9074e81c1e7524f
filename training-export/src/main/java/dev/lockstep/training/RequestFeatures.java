package dev.lockstep.training;

import dev.lockstep.expression.Node;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.TypedExpression;
import dev.lockstep.value.ValueType;
import java.util.List;

/**
 * The features that need no platform: derived from the request's own fields alone.
 *
 * <p>A model of these is what a team without history would have; the difference to the full model
 * is what the features are worth. Features of a view or of a table don't count, nor does what is
 * derived from them, over any number of steps.
 */
public final class RequestFeatures {
  private RequestFeatures() {}

  /** Their names in the vector's order, text left out; empty if there are none. */
  public static List<String> of(FeaturePlan plan) {
    return plan.features().stream()
        .filter(f -> f.type() != ValueType.STRING && isOfRequest(plan, f))
        .map(FeatureColumn::name)
        .toList();
  }

  private static boolean isOfRequest(FeaturePlan plan, FeatureColumn feature) {
    return feature.isDerived() && readsRequestOnly(plan, plan.derived().get(feature.slot()));
  }

  // Ends: a plan's derived features have an order, so they don't read each other in a circle.
  private static boolean readsRequestOnly(FeaturePlan plan, TypedExpression e) {
    if (e.expression() instanceof Node.Feature) {
      return isOfRequest(plan, plan.features().get(e.index()));
    }
    return e.operands().stream().allMatch(o -> readsRequestOnly(plan, o));
  }
}
