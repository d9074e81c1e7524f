package dev.lockstep.cli.tables;

import dev.lockstep.beam.read.RecordParquetReader;
import dev.lockstep.beam.stream.TableSpace;
import dev.lockstep.cli.history.Given;
import dev.lockstep.define.History;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.EntityKeys;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.TableCell;
import dev.lockstep.kernel.TableVersion;
import dev.lockstep.kernel.TableVersionsCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import dev.lockstep.value.ValueOrder;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes all versions of the tables of a plan into the online store, key by key (C10). */
public final class TableLoader {
  private static final int BATCH = 500;

  private TableLoader() {}

  /**
   * Loads every table of a plan from its history.
   *
   * @return the number of keys written
   * @throws IOException naming the file that can't be read
   */
  public static int load(FeaturePlan plan, History history, OnlineWriter writer)
      throws IOException {
    int keys = 0;
    List<Integer> done = new ArrayList<>();
    for (LookupPlan lookup : plan.lookups()) {
      if (!done.contains(lookup.source())) {
        done.add(lookup.source());
        SourcePlan table = plan.sources().get(lookup.source());
        keys += write(table, versionsByKey(plan, table, lookup.eventKey(), history), writer);
      }
    }
    return keys;
  }

  private static Map<String, List<TableVersion>> versionsByKey(
      FeaturePlan plan, SourcePlan table, List<Integer> key, History history) throws IOException {
    Map<String, List<TableVersion>> versions = new HashMap<>();
    RowIntake intake = RowIntake.of(plan, table);
    TableVersionsCodec codec = new TableVersionsCodec(table);
    List<Path> files = new ArrayList<>(Given.of(history, table));
    files.sort((a, b) -> ValueOrder.compareText(a.toString(), b.toString()));
    for (int f = 0; f < files.size(); f++) {
      Path file = files.get(f);
      long place = 0;
      try (RecordParquetReader reader = new RecordParquetReader(table.schema(), file)) {
        for (Object record = reader.read(); record != null; record = reader.read()) {
          long position = TableVersion.positionInFiles(f, place++);
          SourceRow row = intake.admit(record, Admission.NO_RECORD_TIMESTAMP, position, 0);
          String entityKey = EntityKeys.of(row.values(), key);
          if (entityKey != null) {
            versions
                .computeIfAbsent(entityKey, k -> new ArrayList<>())
                .add(version(table, codec, record, row));
          }
        }
      }
    }
    return versions;
  }

  private static TableVersion version(
      SourcePlan table, TableVersionsCodec codec, Object record, SourceRow row) {
    int deleted = table.deletedColumn();
    boolean isDeletion =
        deleted >= 0 && !row.values().isNull(deleted) && row.values().getBoolean(deleted);
    Values fields = null;
    if (!isDeletion) {
      fields = new Values(codec.fieldTypes());
      for (int i = 0; i < fields.size(); i++) {
        fields.set(i, table.schema().read(record, i));
      }
    }
    return new TableVersion(
        row.eventTimeMicros(), row.availableAtMicros(), 0, row.sequence(), fields);
  }

  private static int write(
      SourcePlan table, Map<String, List<TableVersion>> versions, OnlineWriter writer) {
    TableVersionsCodec codec = new TableVersionsCodec(table);
    List<StateWrite> batch = new ArrayList<>();
    versions.forEach(
        (key, of) -> {
          TableCell cell = TableCell.of(codec.allFields(), of);
          batch.add(
              new StateWrite(
                  new StoreKey(TableSpace.of(table.name()), key),
                  cell.mark(0, codec.fieldTypes().size()),
                  codec.toBytes(cell)));
          if (batch.size() >= BATCH) {
            writer.write(List.copyOf(batch)).toCompletableFuture().join();
            batch.clear();
          }
        });
    if (!batch.isEmpty()) {
      writer.write(List.copyOf(batch)).toCompletableFuture().join();
    }
    return versions.size();
  }
}
