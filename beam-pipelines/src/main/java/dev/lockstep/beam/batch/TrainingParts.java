package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.WaitingRow;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.beam.write.TrainingSetWriter;
import dev.lockstep.kernel.EntityKeys;
import dev.lockstep.kernel.LabelValue;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.Ask;
import dev.lockstep.plan.EntityKeyPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Rows of a training set, gathered as columns and written as row groups of a part. */
final class TrainingParts implements RowOutput<KV<String, Long>> {
  private static final long serialVersionUID = 1L;

  /** A row group's values: about 64 MB of columns. */
  private static final int GROUP_VALUES = 6 << 20;

  private static final int MOST_GROUP_ROWS = 1 << 17;

  /** Of a part that has ended; a step makes one part after the other. */
  private transient ColumnVector @Nullable [] free;

  private final TrainingSetFolder folder;
  private final Progress progress;

  TrainingParts(TrainingSetFolder folder, Progress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /** The columns of a plan's training set. */
  static TrainingSchema schema(FeaturePlan plan) {
    LabelPlan label = plan.label().orElse(null);
    return new TrainingSchema(
        plan.entities().stream().map(EntityKeyPlan::entity).toList(),
        plan.features().stream().map(f -> new TrainingSchema.Column(f.name(), f.type())).toList(),
        label == null ? null : new TrainingSchema.Column(label.name(), label.type()),
        plan.about().ofFeatures());
  }

  /** Columns of the part before, whose memory is warm, or new ones. */
  private ColumnVector[] takeColumns(TrainingSchema schema) {
    ColumnVector[] columns = free;
    free = null;
    if (columns == null) {
      return schema.emptyColumns().toArray(ColumnVector[]::new);
    }
    for (ColumnVector column : columns) {
      column.clear();
    }
    return columns;
  }

  @Override
  public RowSink begin(FeaturePlan plan, long number, Consumer<KV<String, Long>> out) {
    return new Part(plan, number, out);
  }

  private final class Part implements RowSink {
    private final long number;
    private final Consumer<KV<String, Long>> out;
    private final Tally tally = new Tally();
    private final TrainingSchema schema;
    private final ColumnVector[] columns;
    private final EntityKeyPlan[] entities;
    private final int firstFeature;
    private final @Nullable LabelPlan label;
    private final int labelAsk;
    private final @Nullable LabelValue labelValue;
    private final Values joined;
    private final Values waitedFor;
    private final FeatureStage stage;
    private final int groupRows;
    private @Nullable TrainingSetWriter writer;
    private int rows;
    private long firstEventTime = Long.MAX_VALUE;
    private long lastEventTime = Long.MIN_VALUE;

    Part(FeaturePlan plan, long number, Consumer<KV<String, Long>> out) {
      this.number = number;
      this.out = out;
      this.schema = schema(plan);
      this.columns = takeColumns(schema);
      this.entities = plan.entities().toArray(EntityKeyPlan[]::new);
      this.firstFeature = 3 + entities.length;
      this.label = plan.label().orElse(null);
      this.labelAsk = plan.labelAsk().map(Ask::index).orElse(-1);
      this.labelValue = label == null ? null : new LabelValue(label);
      this.joined = new Values(label == null ? List.of() : List.of(label.type()));
      this.waitedFor = plan.requestSource().newRow();
      this.stage = new FeatureStage(plan);
      this.groupRows = Math.min(MOST_GROUP_ROWS, Math.max(1, GROUP_VALUES / columns.length));
    }

    @Override
    public void row(SourceRow request, String requestId, @Nullable Values[] answers)
        throws IOException {
      begins(requestId, request.eventTimeMicros(), request.availableAtMicros());
      for (int e = 0; e < entities.length; e++) {
        key(e, EntityKeys.of(request.values(), entities[e].columns()));
      }
      stage.row(request.values(), answers, columns, firstFeature);
      if (label != null) {
        label(request.values(), labelAsk < 0 ? null : answers[labelAsk]);
      }
      ends();
    }

    @Override
    public void waited(WaitingRow row, @Nullable Values answer) throws IOException {
      begins(row.requestId(), row.eventTimeMicros(), row.availableAtMicros());
      for (int e = 0; e < entities.length; e++) {
        key(e, row.entityKeys().get(e));
      }
      stage.row(row.features(), columns, firstFeature);
      int behind = schema.features().size();
      for (int column : Objects.requireNonNull(label).requestColumns()) {
        waitedFor.copy(column, row.features(), behind++);
      }
      label(waitedFor, answer);
      ends();
    }

    private void begins(String requestId, long eventTimeMicros, long availableAtMicros) {
      columns[0].appendString(requestId);
      columns[1].appendBits(eventTimeMicros);
      columns[2].appendBits(availableAtMicros);
      firstEventTime = Math.min(firstEventTime, eventTimeMicros);
      lastEventTime = Math.max(lastEventTime, eventTimeMicros);
    }

    private void key(int entity, @Nullable String key) {
      if (key == null) {
        columns[3 + entity].appendNull();
      } else {
        columns[3 + entity].appendString(key);
      }
    }

    private void ends() throws IOException {
      rows++;
      if (rows == groupRows) {
        writeGroup();
      }
    }

    private void label(Values request, @Nullable Values answer) {
      Objects.requireNonNull(labelValue).of(request, answer, joined, 0);
      columns[columns.length - 1].append(joined, 0);
    }

    private void writeGroup() throws IOException {
      if (writer == null) {
        writer = TrainingSetWriter.open(folder.part(number), schema);
      }
      stage.flush(columns, firstFeature);
      writer.write(List.of(columns), rows);
      tally.add(Tally.VECTORS, rows);
      for (ColumnVector column : columns) {
        column.clear();
      }
      rows = 0;
    }

    @Override
    public void end() throws IOException {
      if (rows > 0) {
        writeGroup();
      }
      if (writer == null) {
        return;
      }
      TrainingSetWriter whole = writer;
      writer = null;
      whole.close();
      progress.written(number, tally.get(Tally.VECTORS));
      tally.add(Tally.EVENT_TIME + ".min", firstEventTime);
      tally.add(Tally.EVENT_TIME + ".max", lastEventTime);
      tally.drain().forEach((name, count) -> out.accept(KV.of(name, count)));
    }

    @Override
    public void close() throws IOException {
      free = columns;
      if (writer != null) {
        TrainingSetWriter open = writer;
        writer = null;
        open.close();
      }
    }
  }
}
