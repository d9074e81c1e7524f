package dev.lockstep.beam.read;

import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the history of one source, a row group at a time. Not thread-safe. */
public final class HistoryReader {

  /** Takes the rows of a row group, in order. */
  public interface Sink {
    /**
     * A row.
     *
     * @param values the source's columns; a new row each time
     * @param recordTimestampMicros the Kafka record's, or {@link Admission#NO_RECORD_TIMESTAMP}
     * @param position the packed (partition, offset), or 0
     * @param rowInGroup from 0
     */
    void row(Values values, long recordTimestampMicros, long position, long rowInGroup);

    /** A row that can't be made an event of the source. */
    void unreadable(DataException reason, long rowInGroup);
  }

  private final SourcePlan source;
  private final String path;
  private final HistoryColumns columns;
  private final List<ValueType> types;
  private long droppedDoubles;

  /**
   * @throws HistoryFileException if the file isn't what it was when inspected
   */
  public HistoryReader(SourcePlan source, String path) {
    this.source = source;
    this.path = path;
    this.columns = HistoryFile.columns(source, path);
    this.types = source.columnTypes();
  }

  /** NaN and infinite doubles that became null so far (C6). */
  public long droppedDoubles() {
    return droppedDoubles;
  }

  /**
   * Reads one row group.
   *
   * @throws HistoryFileException if the file is damaged
   */
  public void read(int group, Sink sink) {
    long[] first = {0};
    ColumnChunks.read(
        path,
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
    Values values = new Values(types);
    long position;
    try {
      if (columns.wholeRecords()) {
        record(buffers, row, values);
      } else {
        for (int c = 0; c < values.size(); c++) {
          if (!buffers.get(c).copyTo(values, c, row)) {
            droppedDoubles++;
          }
        }
      }
      position = position(buffers, row);
    } catch (DataException e) {
      sink.unreadable(e, rowInGroup);
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
  private void record(List<ColumnBuffer> buffers, int row, Values into) {
    @Nullable Object[] components = new @Nullable Object[source.schema().components().size()];
    for (int c = 0; c < components.length; c++) {
      components[c] = buffers.get(c).object(row);
    }
    try {
      droppedDoubles += source.read(source.schema().newRecord(components), into);
    } catch (RuntimeException e) {
      throw new DataException("no " + source.name() + " can be made of it: " + e.getMessage(), e);
    }
  }

  private long position(List<ColumnBuffer> buffers, int row) {
    if (columns.partition() < 0
        || !buffers.get(columns.partition()).isPresent(row)
        || !buffers.get(columns.offset()).isPresent(row)) {
      return 0;
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
