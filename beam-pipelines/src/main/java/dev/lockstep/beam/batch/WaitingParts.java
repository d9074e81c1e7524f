package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.snapshot.WaitingRow;
import dev.lockstep.kernel.EntityKeys;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.VectorAssembler;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a day's training set: those whose label is final are written, the others wait in the
 * snapshot with the features that were known on their day (L6).
 */
final class WaitingParts implements RowOutput<KV<String, Long>> {
  private static final long serialVersionUID = 1L;

  private final TrainingParts parts;
  private final SnapshotFolder after;
  private final long horizonMicros;

  /**
   * @param horizonMicros up to where everything is known
   */
  WaitingParts(TrainingParts parts, SnapshotFolder after, long horizonMicros) {
    this.parts = parts;
    this.after = after;
    this.horizonMicros = horizonMicros;
  }

  @Override
  public RowSink begin(FeaturePlan plan, long number, Consumer<KV<String, Long>> out) {
    return new Part(plan, number, out);
  }

  private final class Part implements RowSink {
    private final FeaturePlan plan;
    private final LabelPlan label;
    private final List<Integer> labelKey;
    private final VectorAssembler assembler;
    private final Values features;
    private final RowSink whole;
    private final WaitingFile waiting;
    private final Consumer<KV<String, Long>> out;
    private long matured;

    Part(FeaturePlan plan, long number, Consumer<KV<String, Long>> out) {
      this.plan = plan;
      this.label = plan.label().orElseThrow();
      this.labelKey = plan.labelAsk().orElseThrow().columns();
      this.assembler = new VectorAssembler(plan);
      this.features = new Values(plan.waitingTypes());
      this.whole = parts.begin(plan, number, out);
      this.waiting = new WaitingFile(after, number, plan.requestSource().name());
      this.out = out;
    }

    @Override
    public void row(SourceRow request, String requestId, @Nullable Values[] answers)
        throws IOException {
      if (label.isMature(request.eventTimeMicros(), horizonMicros)) {
        whole.row(request, requestId, answers);
      } else {
        waits(request, requestId, answers);
      }
    }

    @Override
    public void waits(SourceRow request, String requestId, @Nullable Values[] answers)
        throws IOException {
      assembler.values(request.values(), answers, features);
      int behind = plan.features().size();
      for (int column : label.requestColumns()) {
        features.copy(behind++, request.values(), column);
      }
      List<@Nullable String> keys = new ArrayList<>();
      plan.entities().forEach(e -> keys.add(EntityKeys.of(request.values(), e.columns())));
      waiting.write(
          new WaitingRow(
              request.eventTimeMicros(),
              request.availableAtMicros(),
              requestId,
              EntityKeys.of(request.values(), labelKey),
              keys,
              features));
    }

    @Override
    public void waitsOn(WaitingRow row) throws IOException {
      waiting.write(row);
    }

    @Override
    public void waited(WaitingRow row, @Nullable Values answer) throws IOException {
      matured++;
      whole.waited(row, answer);
    }

    @Override
    public void end() throws IOException {
      whole.end();
      waiting.end((name, count) -> out.accept(KV.of(name, count)));
      if (matured > 0) {
        out.accept(KV.of(Tally.of("matured", plan.requestSource().name()), matured));
      }
    }

    @Override
    public void close() throws IOException {
      try (waiting) {
        whole.close();
      }
    }
  }
}
