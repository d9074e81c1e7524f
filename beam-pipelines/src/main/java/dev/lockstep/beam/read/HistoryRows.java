package dev.lockstep.beam.read;

import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.DataException;
import java.nio.file.Path;
import java.util.List;

/**
 * All rows of a source's history, file after file in the order given, one at a time: for whoever
 * needs no parallel reading.
 */
public final class HistoryRows {
  /** Takes the rows of a history, in the order of its files. */
  public interface Sink {
    /**
     * A row whose fields the {@link RowIntake} has been given.
     *
     * @param row in the file, from 0
     * @param recordTimestampMicros the Kafka record's, or {@link Admission#NO_RECORD_TIMESTAMP}
     * @param position the packed (partition, offset), or {@link HistoryReader#NO_POSITION}
     */
    void row(String file, long row, long recordTimestampMicros, long position);

    /** A row whose place or time on Kafka can't be. */
    void unreadable(String file, long row, DataException reason);
  }

  private HistoryRows() {}

  /**
   * Reads what is given of a source: files, folders of them and patterns.
   *
   * @param intake the source's door
   * @throws HistoryFileException as {@link HistoryFiles#inspect}, before a row is read; or if a
   *     file is damaged, naming row group and column
   */
  public static void read(RowIntake intake, List<? extends Path> given, Sink sink) {
    for (HistoryFile file : HistoryFiles.inspect(intake.source(), given)) {
      read(intake, file, HistoryRange.ALL, sink);
    }
  }

  /**
   * Reads one file.
   *
   * @param range row groups that have nothing in it are left out
   * @throws HistoryFileException if the file is damaged, naming row group and column
   */
  public static void read(RowIntake intake, HistoryFile file, HistoryRange range, Sink sink) {
    try (HistoryReader reader = new HistoryReader(intake, file.path())) {
      long first = 0;
      for (int group = 0; group < file.groupRows().size(); group++) {
        if (!range.canSkip(file.groupTimes().get(group))) {
          reader.read(group, numbered(file.path(), first, sink));
        }
        first += file.groupRows().get(group);
      }
    }
  }

  private static HistoryReader.Sink numbered(String file, long first, Sink sink) {
    return new HistoryReader.Sink() {
      @Override
      public void row(long recordTimestampMicros, long position, long rowInGroup) {
        sink.row(file, first + rowInGroup, recordTimestampMicros, position);
      }

      @Override
      public void unreadable(DataException reason, long rowInGroup) {
        sink.unreadable(file, first + rowInGroup, reason);
      }
    };
  }
}
