package dev.lockstep.beam.batch;

import dev.lockstep.plan.FeaturePlan;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;

/**
 * What becomes of the rows that a batch computes: elements of a collection, or parts of a training
 * set.
 *
 * @param <O> what a step hands on
 */
interface RowOutput<O> extends Serializable {
  /**
   * Begins a part.
   *
   * @param number of the shard or range; a retried bundle begins the same part again
   */
  RowSink begin(FeaturePlan plan, long number, Consumer<O> out) throws IOException;
}
