package dev.lockstep.beam.write;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a training set.
 *
 * @param label a Boolean, Long, Double or Instant; null where it isn't known, or the set has none
 */
public record LabelledVector(FeatureVector vector, @Nullable Object label) {

  /**
   * Appends the row to columns as {@link TrainingSetWriter#write} takes them.
   *
   * @param columns those of {@link TrainingSchema#columns()}, in that order
   */
  public void appendTo(List<ColumnVector> columns, TrainingSchema schema) {
    columns.get(0).appendString(vector.requestId());
    columns.get(1).appendBits(vector.eventTimeMicros());
    columns.get(2).appendBits(vector.availableAtMicros());
    int next = 3;
    for (String entity : schema.entities()) {
      String key = vector.entities().get(entity);
      if (key == null) {
        columns.get(next).appendNull();
      } else {
        columns.get(next).appendString(key);
      }
      next++;
    }
    for (int f = 0; f < vector.values().size(); f++, next++) {
      columns.get(next).insert(columns.get(next).size(), vector.values(), f);
    }
    TrainingSchema.Column column = schema.label();
    if (column != null) {
      Values value = new Values(List.of(column.type()));
      value.set(0, label);
      columns.get(next).insert(columns.get(next).size(), value, 0);
    }
  }
}
