package dev.lockstep.beam.batch;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a batch computes, as a step of a pipeline carries it: each step makes its own plan of it.
 *
 * @param label what a training set learns to predict; null for vectors alone
 * @param until rows that weren't available before this instant are left out; null for all
 * @param shards how many groups the keys are spread over; changes no value
 */
public record Definition(
    FeatureSet<?> set, @Nullable Label<?> label, @Nullable Instant until, int shards)
    implements Serializable {

  public Definition {
    if (shards < 1) {
      throw new IllegalArgumentException("shards is " + shards + "; give 1 or more");
    }
  }

  /**
   * The plan.
   *
   * @throws dev.lockstep.define.DefinitionException with all mistakes of the definition
   */
  public FeaturePlan plan() {
    return label == null ? FeaturePlan.of(set) : FeaturePlan.of(set, label);
  }
}
