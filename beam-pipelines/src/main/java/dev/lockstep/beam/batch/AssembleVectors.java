package dev.lockstep.beam.batch;

import dev.lockstep.kernel.VectorAssembler;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.FeatureVector;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Puts the vectors of a range together, as elements. */
final class AssembleVectors extends DoFn<KV<Long, Iterable<byte[]>>, FeatureVector> {
  private static final long serialVersionUID = 1L;

  private final Definition definition;
  private transient @Nullable FeaturePlan plan;

  AssembleVectors(Definition definition) {
    this.definition = definition;
  }

  @Setup
  public void setup() {
    plan = definition.plan();
  }

  @ProcessElement
  public void process(
      @Element KV<Long, Iterable<byte[]>> range, OutputReceiver<FeatureVector> out) {
    if (plan == null) {
      throw new IllegalStateException("not set up");
    }
    RangeAssembler rows = new RangeAssembler(plan, range.getKey());
    range.getValue().forEach(rows::add);
    rows.assemble(new VectorAssembler(plan), labelled -> out.output(labelled.vector()));
  }
}
