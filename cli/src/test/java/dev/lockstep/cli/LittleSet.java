package dev.lockstep.cli;

import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.beam.write.TrainingSetWriter;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A training set of ten rows in which a feature is the label. */
final class LittleSet {
  private LittleSet() {}

  static Path publish(Path folder) throws IOException {
    TrainingSchema schema =
        new TrainingSchema(
            List.of(),
            List.of(new TrainingSchema.Column("outcome", ValueType.BOOLEAN)),
            new TrainingSchema.Column("fraud", ValueType.BOOLEAN));
    TrainingSetFolder target = new TrainingSetFolder(folder.toString(), "test", false);
    target.begin();
    List<ColumnVector> columns = schema.emptyColumns();
    for (int i = 0; i < 10; i++) {
      Values values = new Values(List.of(ValueType.BOOLEAN));
      values.setBoolean(0, i % 3 == 0);
      new LabelledVector(
              new FeatureVector("s", "f", "r" + i, i, i, Map.of(), values, 0, 0), i % 3 == 0)
          .appendTo(columns, schema);
    }
    try (TrainingSetWriter writer = TrainingSetWriter.open(target.part(0), schema)) {
      writer.write(columns, 10);
    }
    target.publish(
        new Manifest(
            "s", "f", "plan", schema, 10, null, null, null, Map.of(), List.of(), List.of(),
            "test"));
    return target.path();
  }
}
