package dev.lockstep.beam.parity;

import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.TypedExpression;

/** Which features are of the request alone: no event that was missed can have changed them. */
final class RequestPlaces {
  private final FeaturePlan plan;
  private final boolean[] ofRequest;

  RequestPlaces(FeaturePlan plan) {
    this.plan = plan;
    this.ofRequest = new boolean[plan.features().size()];
    for (int place = 0; place < ofRequest.length; place++) {
      ofRequest[place] = isOfRequest(plan.features().get(place));
    }
  }

  /** Whether the feature at a place of the vector is. */
  boolean contains(int place) {
    return ofRequest[place];
  }

  private boolean isOfRequest(FeatureColumn feature) {
    return feature.isDerived() && isOfRequest(plan.derived().get(feature.slot()));
  }

  private boolean isOfRequest(TypedExpression expression) {
    if (expression.isFeature()) {
      return expression.index() < ofRequest.length
          && isOfRequest(plan.features().get(expression.index()));
    }
    return expression.operands().stream().allMatch(this::isOfRequest);
  }
}
