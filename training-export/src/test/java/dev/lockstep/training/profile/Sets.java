package dev.lockstep.training.profile;

import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.beam.write.TrainingSetWriter;
import dev.lockstep.define.About;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small training sets for tests, written by the real writer: columns in, a folder out. */
public final class Sets {
  private final Map<String, ValueType> types = new LinkedHashMap<>();
  private final Map<String, Object[]> columns = new LinkedHashMap<>();
  private TrainingSchema.@Nullable Column label;
  private @Nullable Object[] labels = new Object[0];
  private long stepMicros = Micros.PER_SECOND;
  private String planText = "the plan";
  private List<String> assumedOnTime = List.of();
  private final Map<String, About> about = new LinkedHashMap<>();
  private final Map<String, Long> counts =
      new LinkedHashMap<>(Map.of("late/swipes", 3L, "deadLetters/swipes", 2L));

  /** A feature, a value a row. */
  public Sets feature(String name, ValueType type, @Nullable Object... values) {
    types.put(name, type);
    columns.put(name, values);
    return this;
  }

  /** What people should know about a feature. */
  public Sets about(String name, About said) {
    about.put(name, said);
    return this;
  }

  public Sets label(String name, ValueType type, @Nullable Object... values) {
    label = new TrainingSchema.Column(name, type);
    labels = values;
    return this;
  }

  /** The time between rows; the first is at the epoch. */
  public Sets step(long micros) {
    stepMicros = micros;
    return this;
  }

  public Sets planText(String text) {
    planText = text;
    return this;
  }

  public Sets assumedOnTime(String... sources) {
    assumedOnTime = List.of(sources);
    return this;
  }

  /** A count of the manifest. */
  public Sets count(String name, long count) {
    counts.put(name, count);
    return this;
  }

  /** Publishes it in two parts. */
  public Path publish(Path folder, int rows) throws IOException {
    List<TrainingSchema.Column> features =
        types.entrySet().stream()
            .map(t -> new TrainingSchema.Column(t.getKey(), t.getValue()))
            .toList();
    TrainingSchema schema = new TrainingSchema(List.of("card"), features, label, about);
    TrainingSetFolder target = new TrainingSetFolder(folder.toString(), "test", false);
    target.begin();
    for (int part = 0; part < 2; part++) {
      List<ColumnVector> columns = schema.emptyColumns();
      int first = part * rows / 2;
      int end = (part + 1) * rows / 2;
      for (int i = first; i < end; i++) {
        row(i).appendTo(columns, schema);
      }
      try (TrainingSetWriter writer = TrainingSetWriter.open(target.part(part), schema)) {
        writer.write(columns, end - first);
      }
    }
    target.publish(
        new Manifest(
            "fraud",
            "f1e2",
            planText,
            schema,
            rows,
            rows == 0 ? null : Micros.toInstant(0),
            rows == 0 ? null : Micros.toInstant((rows - 1) * stepMicros),
            null,
            counts,
            assumedOnTime,
            List.of(new Manifest.SourceFile("swipes", "/data/swipes.parquet", 7, "abc")),
            "test"));
    return target.path();
  }

  private LabelledVector row(int i) {
    Values values = new Values(new ArrayList<>(types.values()));
    int place = 0;
    for (Object[] column : columns.values()) {
      values.set(place++, column[i]);
    }
    long time = i * stepMicros;
    return new LabelledVector(
        new FeatureVector(
            "fraud",
            "f1e2",
            "r" + (i % 7) + "x" + i,
            time,
            time,
            Map.of("card", "c" + i % 3),
            values,
            0,
            0),
        label == null ? null : labels[i]);
  }
}
