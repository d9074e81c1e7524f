package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.read.ColumnChunks;
import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.value.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training set read by columns holds what it holds read by rows. */
class TrainingSetChunksTest {
  private static final long SEED = 41;

  @TempDir Path folder;

  private TrainingSetReader trainingSet() throws Exception {
    FeaturePlan plan = FeaturePlan.of(Shop.SET, Shop.LABEL);
    Backfill.of(
            Shop.SET,
            Shop.LABEL,
            ShopHistory.write(
                folder.resolve("history"), plan, NastyEvents.inHistory(plan, SEED).records(4000)),
            folder.resolve("out"),
            BackfillOptions.all())
        .run(LocalRunners.direct(1));
    return TrainingSetReader.open(folder.resolve("out"));
  }

  /** All that a training set says of a row, by the name of its column. */
  private static Map<String, Object> values(LabelledVector row, TrainingSchema schema) {
    Map<String, Object> values = new java.util.HashMap<>(row.vector().entities());
    values.put("request_id", row.vector().requestId());
    Values features = row.vector().values();
    for (int f = 0; f < features.size(); f++) {
      values.put(schema.features().get(f).name(), features.get(f));
    }
    values.put(schema.label().name(), row.label());
    return values;
  }

  @Test
  void columnsAsRows() throws Exception {
    TrainingSetReader reader = trainingSet();
    TrainingSchema schema = reader.manifest().schema();
    List<Map<String, Object>> rows = new ArrayList<>();
    reader.forEach(row -> rows.add(values(row, schema)));
    List<String> names = new ArrayList<>(schema.columns().stream().map(Map.Entry::getKey).toList());
    names.removeAll(List.of("event_time", "available_at"));
    Collections.shuffle(names, new Random(SEED));
    assertTrue(rows.size() > 500 && names.size() > 5, rows.size() + " rows");
    for (List<String> wanted : List.of(names, names.subList(0, 3), List.of("request_id"))) {
      int[] next = {0};
      reader.forEachChunk(
          wanted,
          (columns, count) -> {
            assertTrue(count <= ColumnChunks.CHUNK_ROWS);
            for (int row = 0; row < count; row++) {
              Map<String, Object> expected = rows.get(next[0]++);
              for (int c = 0; c < wanted.size(); c++) {
                String told = "seed " + SEED + ", row " + next[0] + ", " + wanted.get(c);
                assertEquals(expected.get(wanted.get(c)), columns.get(c).get(row), told);
                assertEquals(count, columns.get(c).size(), told);
              }
            }
          });
      assertEquals(rows.size(), next[0]);
    }
  }

  @Test
  void unknownColumnsAreNamed() throws Exception {
    TrainingSetReader reader = trainingSet();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> reader.forEachChunk(List.of("request_id", "nothing"), (columns, rows) -> {}));
    assertTrue(
        e.getMessage()
            .startsWith("the training set has no column [nothing]; its columns are: [request_id,"),
        e.getMessage());
  }
}
