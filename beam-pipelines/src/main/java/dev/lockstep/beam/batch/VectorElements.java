package dev.lockstep.beam.batch;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.VectorAssembler;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Vectors as elements of a collection. */
final class VectorElements implements RowOutput<FeatureVector> {
  private static final long serialVersionUID = 1L;

  @Override
  public RowSink begin(FeaturePlan plan, long number, Consumer<FeatureVector> out) {
    VectorAssembler assembler = new VectorAssembler(plan);
    return new RowSink() {
      @Override
      public void row(SourceRow request, String requestId, @Nullable Values[] answers) {
        out.accept(assembler.assemble(request, requestId, answers, 0, 0));
      }

      @Override
      public void end() {}

      @Override
      public void close() {}
    };
  }
}
