package dev.lockstep.beam.read;

import dev.lockstep.intake.Fields;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.DataException;
import dev.lockstep.time.KnowledgePosition;
import java.io.Closeable;
import java.io.IOException;
import org.apache.parquet.hadoop.ParquetFileReader;

/** Reads the history of one source, a row group at a time. Not thread-safe. */
public final class HistoryReader implements Closeable {

  /**
   * The position of a row that has none; {@link KnowledgePosition#packSequence} gives none below 0.
   */
  public static final long NO_POSITION = -1;

  /** Takes the rows of a row group, in order. */
  public interface Sink {
    /**
     * A row whose fields the reader's {@link RowIntake} has been given.
     *
     * @param recordTimestampMicros the Kafka record's, or {@link Admission#NO_RECORD_TIMESTAMP}
     * @param position the packed (partition, offset), or {@link #NO_POSITION}
     * @param rowInGroup from 0
     */
    void row(long recordTimestampMicros, long position, long rowInGroup);

    /** A row whose place or time on Kafka can't be. */
    void unreadable(DataException reason, long rowInGroup);
  }

  private final RowIntake intake;
  private final String path;
  private final ParquetFileReader file;
  private final HistoryColumns columns;

  /**
   * Opens a file.
   *
   * @param intake the door of the source, whose fields are filled for each row
   * @throws HistoryFileException if the file isn't what it was when inspected
   */
  public HistoryReader(RowIntake intake, String path) {
    this.intake = intake;
    this.path = path;
    this.file = ColumnChunks.opened(path);
    try {
      this.columns = HistoryColumns.of(intake.source(), path, file.getFileMetaData().getSchema());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Reads one row group.
   *
   * @throws HistoryFileException if the file is damaged, naming row group and column
   */
  public void read(int group, Sink sink) {
    long[] first = {0};
    ColumnChunks.read(
        path,
        file,
        group,
        columns.columns(),
        (chunk, rows) -> {
          ColumnBuffer[] buffers = chunk.toArray(ColumnBuffer[]::new);
          for (int row = 0; row < rows; row++) {
            row(buffers, row, first[0] + row, sink);
          }
          first[0] += rows;
        });
  }

  private void row(ColumnBuffer[] buffers, int row, long rowInGroup, Sink sink) {
    long position = NO_POSITION;
    long recorded = Admission.NO_RECORD_TIMESTAMP;
    try {
      if (columns.partition() >= 0) {
        position = position(buffers[columns.partition()], buffers[columns.offset()], row);
      }
      if (columns.recordTimestamp() >= 0 && buffers[columns.recordTimestamp()].isPresent(row)) {
        buffers[columns.recordTimestamp()].requireHeld(row);
        recorded = buffers[columns.recordTimestamp()].bits(row);
      }
    } catch (DataException e) {
      sink.unreadable(e, rowInGroup);
      return;
    }
    Fields fields = intake.begin();
    for (int field = 0; field < fields.size(); field++) {
      buffers[field].give(fields, field, row);
    }
    sink.row(recorded, position, rowInGroup);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw HistoryFileException.damaged(path, e);
    }
  }

  /** Whether its rows say which partition and offset they had. */
  public boolean hasPositions() {
    return columns.partition() >= 0;
  }

  private static long position(ColumnBuffer partition, ColumnBuffer offset, int row) {
    if (!partition.isPresent(row) || !offset.isPresent(row)) {
      return NO_POSITION;
    }
    partition.requireHeld(row);
    offset.requireHeld(row);
    try {
      return KnowledgePosition.packSequence(Math.toIntExact(partition.bits(row)), offset.bits(row));
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new DataException("no Kafka position: " + e.getMessage(), e);
    }
  }
}
