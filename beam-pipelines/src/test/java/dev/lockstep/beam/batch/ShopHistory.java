package dev.lockstep.beam.batch;

import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.testing.RecordedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records as Parquet history: two files a source, so that copies and keys are spread. */
public final class ShopHistory {
  private ShopHistory() {}

  public static Map<String, List<Path>> write(
      Path folder, FeaturePlan plan, List<RecordedEvent> records) throws IOException {
    Files.createDirectories(folder);
    Map<String, List<Path>> files = new TreeMap<>();
    for (SourcePlan source : plan.sources()) {
      List<Record> rows =
          records.stream()
              .filter(r -> r.source() == source.index())
              .map(RecordedEvent::value)
              .toList();
      List<Path> paths = new ArrayList<>();
      int half = rows.size() / 2;
      for (List<Record> part : List.of(rows.subList(0, half), rows.subList(half, rows.size()))) {
        Path path = folder.resolve(source.name() + "-" + paths.size() + ".parquet");
        paths.add(write(path, source.schema().recordType(), part));
      }
      files.put(source.name(), paths);
    }
    return files;
  }

  static <T> Path write(Path path, Class<T> type, List<? extends Record> rows) throws IOException {
    try (RecordParquetWriter<T> writer = RecordParquetWriter.open(type, path)) {
      for (Record row : rows) {
        writer.write(type.cast(row));
      }
    }
    return path;
  }
}
