package dev.lockstep.beam.read;

import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.SpinePlan;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A file of a training spine: rows that ask for a vector and are no events (C15), with those of the
 * requests' columns that it has. Not thread-safe.
 */
public final class SpineFile implements AutoCloseable {
  /** Takes the rows of a row group, in order. */
  public interface Sink {
    /**
     * A row.
     *
     * @param values of the layout of the requests' source, null in what the spine lacks; <b>the
     *     same object each time</b>
     */
    void row(Values values, long rowInGroup);

    /** A row that holds what no request can. */
    void unreadable(dev.lockstep.kernel.DataException reason, long rowInGroup);
  }

  private final String path;
  private final ParquetFileReader file;
  private final SpinePlan spine;
  private final List<HistoryColumn> columns = new ArrayList<>();

  /** For each of the requests' columns its place in {@link #columns}, or -1. */
  private final int[] places;

  private final Values values;

  /**
   * Opens a file.
   *
   * @throws HistoryFileException if it isn't there, isn't Parquet, or has columns of other types
   * @throws dev.lockstep.plan.SpineException naming all columns that it lacks
   */
  public SpineFile(FeaturePlan plan, String path) {
    this.path = path;
    if (!Files.isRegularFile(Path.of(path))) {
      throw new HistoryFileException(
          "the spine " + path + " isn't there; give a Parquet file, a folder or a pattern", null);
    }
    this.file = ColumnChunks.opened(path);
    try {
      MessageType schema = file.getFileMetaData().getSchema();
      this.spine =
          SpinePlan.of(
              plan, schema.getFields().stream().map(Type::getName).collect(Collectors.toSet()));
      this.places = new int[plan.requestSource().columns().size()];
      find(plan.requestSource(), schema);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    this.values = plan.requestSource().newRow();
  }

  private void find(SourcePlan requests, MessageType schema) {
    List<String> problems = new ArrayList<>();
    for (int c = 0; c < places.length; c++) {
      places[c] = -1;
      ColumnPlan column = requests.columns().get(c);
      if (!spine.has(c)) {
        continue;
      }
      if (column.computed() != null) {
        problems.add(
            "column [" + column.name() + "] is computed of a record, and a spine has none");
        continue;
      }
      Type type = schema.getType(column.name());
      int place = columns.size();
      HistoryColumn.of(type, column.type())
          .ifPresentOrElse(
              columns::add,
              () ->
                  problems.add(
                      "column ["
                          + HistoryColumn.describe(type)
                          + "] can't be read as "
                          + column.type()
                          + ", expected "
                          + HistoryColumn.expected(column.type())));
      places[c] = place;
    }
    if (!problems.isEmpty()) {
      throw new HistoryFileException(
          "the spine "
              + path
              + " doesn't fit the requests of "
              + requests.name()
              + ": "
              + String.join("; ", problems)
              + ". Give these columns the expected types",
          null);
    }
  }

  public SpinePlan spine() {
    return spine;
  }

  /** Its footer, as a history file of the requests' source. */
  public HistoryFile inspected() {
    try {
      List<BlockMetaData> groups = file.getRowGroups();
      return new HistoryFile(
          spine.requests().index(),
          path,
          Files.size(Path.of(path)),
          false,
          groups.stream().map(BlockMetaData::getRowCount).toList(),
          groups.stream().map(g -> new GroupTimes(null, null, null, null)).toList());
    } catch (IOException e) {
      throw HistoryFileException.damaged(path, e);
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
        columns,
        (buffers, rows) -> {
          for (int row = 0; row < rows; row++) {
            row(buffers, row, first[0] + row, sink);
          }
          first[0] += rows;
        });
  }

  private void row(List<ColumnBuffer> buffers, int row, long rowInGroup, Sink sink) {
    try {
      for (int c = 0; c < places.length; c++) {
        if (places[c] < 0) {
          values.setNull(c);
        } else {
          buffers.get(places[c]).copyTo(values, c, row);
        }
      }
    } catch (dev.lockstep.kernel.DataException e) {
      sink.unreadable(e, rowInGroup);
      return;
    }
    sink.row(values, rowInGroup);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw HistoryFileException.damaged(path, e);
    }
  }
}
