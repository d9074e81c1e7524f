package dev.lockstep.beam.batch;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.time.Micros;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a batch computes, as a step of a pipeline carries it: each step makes its own plan of it.
 *
 * @param label what a training set learns to predict; null for vectors alone
 * @param states the snapshots it goes on from and leaves; null for a batch by itself
 * @param horizonMicros all that was available before it is in the history: requests whose label may
 *     come later get no row; {@code Long.MAX_VALUE} where labels wait for nothing
 */
record Definition(
    FeatureSet<?> set,
    @Nullable Label<?> label,
    BatchSettings settings,
    @Nullable StateFolders states,
    long horizonMicros)
    implements Serializable {

  /**
   * The plan.
   *
   * @throws dev.lockstep.define.DefinitionException with all mistakes of the definition
   */
  FeaturePlan plan() {
    return label == null ? FeaturePlan.of(set) : FeaturePlan.of(set, label);
  }

  /**
   * The label that requests wait for from one day to the next, until it is final (L6); null where
   * none waits: a field of the request is there at once.
   */
  @Nullable LabelPlan awaited(FeaturePlan plan) {
    LabelPlan asked = plan.label().orElse(null);
    return states == null || asked == null || asked.isColumn() ? null : asked;
  }

  /** The same as it is run: its shards, and up to where everything is known. */
  Definition with(int shards, long horizon) {
    return new Definition(set, label, settings.withShards(shards), states, horizon);
  }

  /** The same with the snapshots that it goes on from and leaves. */
  Definition with(StateFolders folders) {
    return new Definition(set, label, settings, folders, horizonMicros);
  }

  /** How its rows travel. */
  BatchLayout layout() {
    return new BatchLayout(plan());
  }

  /**
   * From when on rows are left out, or carried into the snapshot; all are in if nothing is said.
   */
  long untilMicros() {
    return settings.until() == null ? Long.MAX_VALUE : Micros.of(settings.until());
  }

  int shards() {
    return settings.shards();
  }
}
