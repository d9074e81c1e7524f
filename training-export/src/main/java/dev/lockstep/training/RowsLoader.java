package dev.lockstep.training;

import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads a training set column by column, each value straight into its row's place in the order of
 * time: no object a row, and no second copy to sort.
 */
final class RowsLoader {
  private static final String REQUEST_ID = "request_id";
  private static final String EVENT_TIME = "event_time";

  private final TrainingSetReader reader;
  private final LoadProgress progress;
  private int read;

  private RowsLoader(TrainingSetReader reader, LoadProgress progress) {
    this.reader = reader;
    this.progress = progress;
  }

  /**
   * All rows, by event time, then request id; the schema has a label.
   *
   * @param held the features whose values are wanted; text among them has none
   * @throws TrainingException for more rows than an array holds, or a label that isn't 0 or 1
   */
  static TrainingRows load(TrainingSetReader reader, Set<String> held, LoadProgress progress) {
    return new RowsLoader(reader, progress).rows(held);
  }

  private TrainingRows rows(Set<String> held) {
    TrainingSchema schema = reader.manifest().schema();
    RequestColumns.Ordered requests = requests(schema);
    TrainingRows rows =
        new TrainingRows(
            schema.features().stream().map(TrainingSchema.Column::name).toList(),
            schema.features().stream().map(TrainingSchema.Column::type).toList(),
            held,
            requests.times,
            requests.hashes,
            requests.labels);
    EntityKeys keys = new EntityKeys(schema.entities(), rows.size());
    rows.setKeys(keys);
    fill(rows, keys, requests.places);
    return rows;
  }

  /** In a method of its own, so that nothing holds the ids' texts once it has returned. */
  private RequestColumns.Ordered requests(TrainingSchema schema) {
    long total = reader.manifest().rows();
    if (total > Integer.MAX_VALUE - 8) {
      throw new TrainingException(
          total + " rows don't fit in memory", "backfill a shorter range of time");
    }
    RequestColumns requests = new RequestColumns((int) total);
    reader.forEachChunk(
        List.of(REQUEST_ID, EVENT_TIME, Objects.requireNonNull(schema.label()).name()),
        (vectors, count) -> requests.add(vectors.get(0), vectors.get(1), vectors.get(2), count));
    return requests.ordered();
  }

  private void fill(TrainingRows rows, EntityKeys keys, int[] places) {
    List<Integer> features = new ArrayList<>();
    for (int f = 0; f < rows.featureNames().size(); f++) {
      if (rows.isHeld(f)) {
        features.add(f);
      }
    }
    List<String> columns = new ArrayList<>();
    features.forEach(f -> columns.add(rows.featureNames().get(f)));
    columns.addAll(keys.names());
    long total = rows.size();
    if (!columns.isEmpty()) {
      reader.forEachChunk(
          columns,
          (vectors, count) -> {
            for (int v = 0; v < features.size(); v++) {
              fill(vectors.get(v), count, rows.column(features.get(v)), places);
            }
            for (int e = 0; e < keys.names().size(); e++) {
              keys.fill(e, vectors.get(features.size() + e), count, read, places);
            }
            read += count;
            progress.onRows(read, total);
          });
    }
    progress.onRows(total, total);
  }

  private void fill(ColumnVector from, int count, float[] into, int[] places) {
    Values one = new Values(List.of(from.type()));
    for (int row = 0; row < count; row++) {
      from.get(row, one, 0);
      into[places[read + row]] = one.asModelInput(0);
    }
  }
}
