package dev.lockstep.training;

import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads a training set's features and label column by column: no object a row but its id. */
final class RowsLoader {
  private static final String REQUEST_ID = "request_id";
  private static final String EVENT_TIME = "event_time";

  private final TrainingRows rows;
  private final int label;
  private final EntityKeys keys;
  private final LoadProgress progress;
  private final long total;

  private RowsLoader(
      TrainingRows rows, int label, EntityKeys keys, long total, LoadProgress progress) {
    this.rows = rows;
    this.label = label;
    this.keys = keys;
    this.total = total;
    this.progress = progress;
  }

  /** All rows, in the order of the files; the schema has a label. */
  static TrainingRows load(TrainingSetReader reader, LoadProgress progress) {
    TrainingSchema schema = reader.manifest().schema();
    List<String> names = schema.features().stream().map(TrainingSchema.Column::name).toList();
    List<ValueType> types = schema.features().stream().map(TrainingSchema.Column::type).toList();
    long total = reader.manifest().rows();
    TrainingRows rows = new TrainingRows(names, types);
    rows.reserve(total);
    List<String> columns = new ArrayList<>(List.of(REQUEST_ID, EVENT_TIME));
    int[] places = new int[names.size()];
    for (int f = 0; f < places.length; f++) {
      boolean text = types.get(f) == ValueType.STRING;
      places[f] = text ? -1 : columns.size();
      if (!text) {
        columns.add(names.get(f));
      }
    }
    columns.add(Objects.requireNonNull(schema.label()).name());
    columns.addAll(schema.entities());
    EntityKeys keys = new EntityKeys(schema.entities());
    rows.setKeys(keys);
    int label = columns.size() - 1 - schema.entities().size();
    RowsLoader loader = new RowsLoader(rows, label, keys, total, progress);
    reader.forEachChunk(columns, (vectors, count) -> loader.add(vectors, places, count));
    progress.onRows(rows.size(), total);
    return rows;
  }

  private void add(List<ColumnVector> vectors, int[] places, int count) {
    int first = rows.size();
    rows.extend(count);
    for (int row = 0; row < count; row++) {
      rows.setRequest(
          first + row,
          Objects.requireNonNull(vectors.get(0).getString(row)),
          vectors.get(1).bits(row));
    }
    for (int f = 0; f < places.length; f++) {
      if (places[f] >= 0) {
        fill(vectors.get(places[f]), count, rows.column(f), first);
      }
    }
    fill(vectors.get(label), count, rows.labelColumn(), first);
    for (int e = 0; e < keys.names().size(); e++) {
      keys.fill(e, vectors.get(label + 1 + e), count, first);
    }
    progress.onRows(rows.size(), total);
  }

  private static void fill(ColumnVector from, int count, float[] into, int first) {
    Values one = new Values(List.of(from.type()));
    for (int row = 0; row < count; row++) {
      from.get(row, one, 0);
      into[first + row] = one.asModelInput(0);
    }
  }
}
