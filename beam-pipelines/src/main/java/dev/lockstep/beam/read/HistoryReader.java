package dev.lockstep.beam.read;

import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.value.Values;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.jspecify.annotations.Nullable;

/** Reads the history of one source, a row group at a time. Not thread-safe. */
public final class HistoryReader implements Closeable {

  /**
   * The position of a row that has none; {@link KnowledgePosition#packSequence} gives none below 0.
   */
  public static final long NO_POSITION = -1;

  /** In place of a column: a row is unreadable for more than one of them. */
  public static final int NO_COLUMN = -1;

  /** Takes the rows of a row group, in order. */
  public interface Sink {
    /**
     * A row.
     *
     * @param values the source's columns; <b>the same object each time</b>, with the next row's
     *     values: what is kept must be copied
     * @param recordTimestampMicros the Kafka record's, or {@link Admission#NO_RECORD_TIMESTAMP}
     * @param position the packed (partition, offset), or {@link #NO_POSITION}
     * @param rowInGroup from 0
     */
    void row(Values values, long recordTimestampMicros, long position, long rowInGroup);

    /**
     * A row that can't be made an event of the source.
     *
     * @param column the source's column that it is for, or {@link #NO_COLUMN}
     * @param position as of {@link #row}
     */
    void unreadable(DataException reason, int column, long position, long rowInGroup);
  }

  private final SourcePlan source;
  private final String path;
  private final ParquetFileReader file;
  private final HistoryColumns columns;
  private final Values values;
  private long droppedDoubles;

  /**
   * Opens a file.
   *
   * @throws HistoryFileException if the file isn't what it was when inspected
   */
  public HistoryReader(SourcePlan source, String path) {
    this.source = source;
    this.path = path;
    this.file = ColumnChunks.opened(path);
    try {
      this.columns = HistoryColumns.of(source, path, file.getFileMetaData().getSchema());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    this.values = source.newRow();
  }

  /** NaN and infinite doubles that became null so far (C6). */
  public long droppedDoubles() {
    return droppedDoubles;
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
        (buffers, rows) -> {
          for (int row = 0; row < rows; row++) {
            row(buffers, row, first[0] + row, sink);
          }
          first[0] += rows;
        });
  }

  private void row(List<ColumnBuffer> buffers, int row, long rowInGroup, Sink sink) {
    long position = NO_POSITION;
    int column = NO_COLUMN;
    try {
      position = position(buffers, row);
      if (columns.wholeRecords()) {
        record(buffers, row);
      } else {
        for (column = 0; column < values.size(); column++) {
          if (!buffers.get(column).copyTo(values, column, row)) {
            droppedDoubles++;
          }
        }
      }
    } catch (DataException e) {
      sink.unreadable(e, column, position, rowInGroup);
      return;
    }
    boolean recorded =
        columns.recordTimestamp() >= 0 && buffers.get(columns.recordTimestamp()).isPresent(row);
    sink.row(
        values,
        recorded ? buffers.get(columns.recordTimestamp()).bits(row) : Admission.NO_RECORD_TIMESTAMP,
        position,
        rowInGroup);
  }

  /** Makes the record that a function wants to see; what it throws is the row's fault (C13). */
  private void record(List<ColumnBuffer> buffers, int row) {
    @Nullable Object[] components = new @Nullable Object[source.schema().components().size()];
    for (int c = 0; c < components.length; c++) {
      components[c] = buffers.get(c).object(row);
    }
    try {
      droppedDoubles += source.read(source.schema().newRecord(components), values);
    } catch (RuntimeException e) {
      throw new DataException("no " + source.name() + " can be made of it: " + e.getMessage(), e);
    }
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

  private long position(List<ColumnBuffer> buffers, int row) {
    if (columns.partition() < 0
        || !buffers.get(columns.partition()).isPresent(row)
        || !buffers.get(columns.offset()).isPresent(row)) {
      return NO_POSITION;
    }
    try {
      return KnowledgePosition.packSequence(
          Math.toIntExact(buffers.get(columns.partition()).bits(row)),
          buffers.get(columns.offset()).bits(row));
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new DataException("no Kafka position: " + e.getMessage(), e);
    }
  }
}
