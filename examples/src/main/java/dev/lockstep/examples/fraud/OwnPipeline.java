package dev.lockstep.examples.fraud;

import static dev.lockstep.examples.fraud.FraudFeatures.ACCOUNTS;
import static dev.lockstep.examples.fraud.FraudFeatures.FRAUD;

import dev.lockstep.beam.ComputeFeatures;
import dev.lockstep.value.FeatureVector;
import org.apache.beam.sdk.values.PCollection;

/** The fraud features as a step of someone's own Beam pipeline, bounded or unbounded. */
final class OwnPipeline {
  private OwnPipeline() {}

  // region transform
  static PCollection<FeatureVector> vectors(
      PCollection<Swipe> swipes, PCollection<Account> accounts) {
    return swipes.apply(ComputeFeatures.of(FRAUD).withTable(ACCOUNTS, accounts));
  }
  // endregion
}
