package dev.lockstep.cli.tables;

import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.beam.read.HistoryFiles;
import dev.lockstep.beam.read.HistoryRange;
import dev.lockstep.beam.read.HistoryReader;
import dev.lockstep.beam.read.HistoryRows;
import dev.lockstep.beam.read.WholeRows;
import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.EntityKeys;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.TableVersion;
import dev.lockstep.kernel.TableVersionsCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.ValueOrder;
import dev.lockstep.value.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All versions of a table's history, by key, with all fields that can be read (C10, C17). */
final class TableHistory {
  private final FeaturePlan plan;
  private final SourcePlan table;
  private final LookupPlan lookup;
  private final TableVersionsCodec codec;
  private final long load;
  private final LeftOut leftOut;
  private final Map<String, List<TableVersion>> versions = new HashMap<>();

  /**
   * @param load the number of the load that it is for
   * @param leftOut takes the rows that the plan can't use; those that others can are there for them
   */
  TableHistory(FeaturePlan plan, LookupPlan lookup, long load, LeftOut leftOut) {
    this.plan = plan;
    this.table = plan.sources().get(lookup.source());
    this.lookup = lookup;
    this.codec = new TableVersionsCodec(table);
    this.load = load;
    this.leftOut = leftOut;
  }

  /**
   * Reads what is given of the table: files, folders of them and patterns.
   *
   * @return versions by key, in no order
   * @throws dev.lockstep.beam.read.HistoryFileException naming the file that can't be read
   */
  Map<String, List<TableVersion>> read(List<Path> given) {
    List<HistoryFile> files = new ArrayList<>(HistoryFiles.inspect(table, given));
    // As batch orders them: of versions equal in key and times the last counts.
    files.sort(Comparator.comparing(HistoryFile::path, ValueOrder::compareText));
    for (int f = 0; f < files.size(); f++) {
      RowIntake door = RowIntake.ofShared(plan, table, WholeRows.beside(table, files.get(f)));
      HistoryRows.read(door, files.get(f), HistoryRange.ALL, rows(door, f));
    }
    return versions;
  }

  private HistoryRows.Sink rows(RowIntake door, int file) {
    List<Integer> needed = table.neededComponents();
    return new HistoryRows.Sink() {
      @Override
      public void row(String path, long row, long recordTimestampMicros, long position) {
        try {
          SourceRow admitted =
              door.admit(
                  recordTimestampMicros,
                  position == HistoryReader.NO_POSITION
                      ? TableVersion.positionInFiles(file, row)
                      : position,
                  0);
          door.requireKey(admitted);
          String key = Objects.requireNonNull(EntityKeys.of(admitted.values(), lookup.eventKey()));
          versions.computeIfAbsent(key, k -> new ArrayList<>()).add(version(door, admitted));
        } catch (DataException e) {
          unreadable(path, row, e);
          return;
        }
        DataException ours = door.faultOf(needed);
        if (ours != null) {
          unreadable(path, row, ours);
        }
      }

      @Override
      public void unreadable(String path, long row, DataException reason) {
        leftOut.add(table.name(), path, row, reason);
      }
    };
  }

  private TableVersion version(RowIntake door, SourceRow row) {
    Values fields = new Values(codec.fieldTypes());
    BitSet unreadable = door.copyHeld(fields);
    int deleted = table.deletedColumn();
    boolean isDeletion =
        deleted >= 0 && !row.values().isNull(deleted) && row.values().getBoolean(deleted);
    return new TableVersion(
        row.eventTimeMicros(),
        row.availableAtMicros(),
        load,
        row.sequence(),
        isDeletion ? null : fields,
        unreadable.stream().boxed().toList());
  }
}
