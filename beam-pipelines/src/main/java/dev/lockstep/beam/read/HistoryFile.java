package dev.lockstep.beam.read;

import dev.lockstep.plan.SourcePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/**
 * A Parquet file of a source's history, its footer checked against the plan.
 *
 * @param bytes its size
 * @param recordTimestamps whether it was archived from Kafka with its record timestamps
 * @param groupRows the rows of each row group, in order
 * @param groupTimes between which times they lie
 * @param missing the columns read that neither it nor a folder's name has: null in each row
 * @param withoutZone the columns read whose times say no zone
 */
public record HistoryFile(
    int source,
    String path,
    long bytes,
    boolean recordTimestamps,
    List<Long> groupRows,
    List<GroupTimes> groupTimes,
    List<String> missing,
    List<String> withoutZone) {

  public HistoryFile {
    groupRows = List.copyOf(groupRows);
    groupTimes = List.copyOf(groupTimes);
    missing = List.copyOf(missing);
    withoutZone = List.copyOf(withoutZone);
  }

  /**
   * Looks into a file's footer.
   *
   * @throws HistoryFileException if it isn't there, isn't Parquet, or can't be read as the plan
   *     reads it
   */
  public static HistoryFile inspect(SourcePlan source, String path) {
    Path file = Path.of(path);
    if (!Files.isRegularFile(file)) {
      throw new HistoryFileException(
          "the history file "
              + path
              + " of "
              + source.name()
              + (Files.exists(file) ? " is no file" : " isn't there")
              + "; give the path of a Parquet file, a folder or a pattern ("
              + HistoryFiles.whatIsThere(file)
              + ")",
          null);
    }
    if (!Files.isReadable(file)) {
      throw HistoryFiles.unreadable(path, source.name(), null);
    }
    try (ParquetFileReader reader = ColumnChunks.open(path)) {
      HistoryColumns columns =
          HistoryColumns.of(source, path, reader.getFileMetaData().getSchema());
      ColumnChunks.requireCodecs(path, reader, columns.columns());
      return new HistoryFile(
          source.index(),
          path,
          Files.size(file),
          columns.recordTimestamp() >= 0,
          reader.getRowGroups().stream().map(BlockMetaData::getRowCount).toList(),
          reader.getRowGroups().stream().map(g -> GroupTimes.of(source, columns, g)).toList(),
          columns.missing(),
          columns.withoutZone());
    } catch (HistoryFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw HistoryFileException.damaged(path, e);
    }
  }

  /** The columns of a file, as messages show them. */
  static String columns(String path) {
    try (ParquetFileReader reader = ColumnChunks.open(path)) {
      return reader.getFileMetaData().getSchema().getFields().stream()
          .map(ColumnTypes::describe)
          .collect(Collectors.joining(", ", "[", "]"));
    } catch (IOException | RuntimeException e) {
      throw HistoryFileException.damaged(path, e);
    }
  }
}
