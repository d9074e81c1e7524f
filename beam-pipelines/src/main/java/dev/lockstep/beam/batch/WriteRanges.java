package dev.lockstep.beam.batch;

import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.beam.write.TrainingSetWriter;
import dev.lockstep.kernel.VectorAssembler;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.value.ColumnVector;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Puts the vectors of a range together and writes them as one part, named by the range's number: a
 * retried bundle writes the same file again.
 */
final class WriteRanges extends DoFn<KV<Long, Iterable<byte[]>>, KV<String, Long>> {
  private static final long serialVersionUID = 1L;

  private final Definition definition;
  private final TrainingSetFolder folder;
  private transient @Nullable FeaturePlan plan;

  WriteRanges(Definition definition, TrainingSetFolder folder) {
    this.definition = definition;
    this.folder = folder;
  }

  /** The columns of a plan's training set. */
  static TrainingSchema schema(FeaturePlan plan) {
    LabelPlan label = plan.label().orElse(null);
    return new TrainingSchema(
        plan.entities().stream().map(e -> e.entity()).toList(),
        plan.features().stream().map(f -> new TrainingSchema.Column(f.name(), f.type())).toList(),
        label == null ? null : new TrainingSchema.Column(label.name(), label.resultTypes().get(0)));
  }

  @Setup
  public void setup() {
    plan = definition.plan();
  }

  @ProcessElement
  public void process(
      @Element KV<Long, Iterable<byte[]>> range, OutputReceiver<KV<String, Long>> out)
      throws IOException {
    if (plan == null) {
      throw new IllegalStateException("not set up");
    }
    RangeAssembler rows = new RangeAssembler(plan, range.getKey());
    range.getValue().forEach(rows::add);
    TrainingSchema schema = schema(plan);
    List<ColumnVector> columns = schema.emptyColumns();
    Tally tally = new Tally();
    rows.assemble(
        new VectorAssembler(plan),
        row -> {
          row.appendTo(columns, schema);
          tally.add(Tally.VECTORS, 1);
          tally.add(Tally.EVENT_TIME + ".min", row.vector().eventTimeMicros());
          tally.add(Tally.EVENT_TIME + ".max", row.vector().eventTimeMicros());
        });
    try (TrainingSetWriter writer = TrainingSetWriter.open(folder.part(range.getKey()), schema)) {
      writer.write(columns, columns.get(0).size());
    }
    tally.drain().forEach((name, count) -> out.output(KV.of(name, count)));
  }
}
