package dev.lockstep.beam.read;

import dev.lockstep.intake.Fields;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.SpinePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
    /** A row whose fields the door has been given. */
    void row(long rowInGroup);
  }

  private final String path;
  private final ParquetFileReader file;
  private final SpinePlan spine;
  private final List<HistoryColumn> columns;

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
      this.spine = SpinePlan.of(plan, names(plan.requestSource(), schema, path));
      this.columns = find(spine, schema, path);
      ColumnChunks.requireCodecs(path, file, columns);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The names that its columns and the folders on the way to it have. */
  private static Set<String> names(SourcePlan requests, MessageType schema, String path) {
    Set<String> names =
        schema.getFields().stream()
            .map(Type::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    for (RecordSchema.Component component : requests.schema().components()) {
      if (PartitionFolder.of(path, component.fieldName()).isPresent()) {
        names.add(component.fieldName());
      }
    }
    return names;
  }

  private static List<HistoryColumn> find(SpinePlan spine, MessageType schema, String path) {
    SourcePlan requests = spine.requests();
    ColumnFinder finder = new ColumnFinder(path, schema, requests.record().instants());
    for (int component : spine.neededComponents()) {
      finder.find(requests.schema().components().get(component));
    }
    finder.requireReadable("the spine " + path + " doesn't fit the requests of " + requests.name());
    return finder.found();
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
          groups.stream().map(g -> new GroupTimes(null, null, null, null)).toList(),
          columns.stream().filter(HistoryColumn::isMissing).map(HistoryColumn::name).toList(),
          columns.stream().filter(HistoryColumn::isWithoutZone).map(HistoryColumn::name).toList());
    } catch (IOException e) {
      throw HistoryFileException.damaged(path, e);
    }
  }

  /**
   * Reads one row group.
   *
   * @param door of this spine, whose fields are filled for each row
   * @throws HistoryFileException if the file is damaged, naming row group and column
   */
  public void read(int group, RowIntake door, Sink sink) {
    long[] first = {0};
    ColumnChunks.read(
        path,
        file,
        group,
        columns,
        (buffers, rows) -> {
          for (int row = 0; row < rows; row++) {
            Fields fields = door.begin();
            for (int field = 0; field < fields.size(); field++) {
              buffers.get(field).give(fields, field, row);
            }
            sink.row(first[0] + row);
          }
          first[0] += rows;
        });
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
