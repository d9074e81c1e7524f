package dev.lockstep.beam.read;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;

/** All rows of a small Parquet file, such as a part of a training set. */
public final class ParquetRows {
  private ParquetRows() {}

  /** Takes chunks of rows. */
  public interface ChunkSink {
    /**
     * A chunk.
     *
     * @param columns in the order asked for, each with all rows; <b>the same objects each time</b>
     * @param rows how many; at most {@link ColumnChunks#CHUNK_ROWS}
     */
    void chunk(List<ColumnVector> columns, int rows);
  }

  /**
   * Reads some columns of a file, a chunk of rows at a time: no object is made for a row.
   *
   * @param columns name and type of the columns wanted
   * @throws HistoryFileException if the file is damaged or lacks a column
   */
  public static void forEachChunk(
      String path, List<Map.Entry<String, ValueType>> columns, ChunkSink sink) {
    List<ColumnVector> vectors = columns.stream().map(c -> new ColumnVector(c.getValue())).toList();
    read(
        path,
        columns,
        (buffers, rows) -> {
          for (int c = 0; c < buffers.size(); c++) {
            vectors.get(c).clear();
            buffers.get(c).appendTo(vectors.get(c), rows);
          }
          sink.chunk(vectors, rows);
        });
  }

  /**
   * Reads a file.
   *
   * @param columns name and type of the columns, in the order of the rows' values
   * @throws HistoryFileException if the file is damaged or lacks a column
   */
  public static List<Values> of(String path, List<Map.Entry<String, ValueType>> columns) {
    List<Values> rows = new ArrayList<>();
    forEach(path, columns, rows::add);
    return rows;
  }

  /**
   * Hands on the rows of a file one after another, so that a large one needn't be held.
   *
   * @param rows may throw an UncheckedIOException, which is passed on
   * @throws HistoryFileException as {@link #of}
   */
  public static void forEach(
      String path, List<Map.Entry<String, ValueType>> columns, Consumer<Values> rows) {
    List<ValueType> types = columns.stream().map(Map.Entry::getValue).toList();
    read(path, columns, (buffers, count) -> add(rows, types, buffers, count));
  }

  private static void read(
      String path, List<Map.Entry<String, ValueType>> columns, ColumnChunks.Sink sink) {
    try (ParquetFileReader reader = ColumnChunks.opened(path)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      List<HistoryColumn> found = columns.stream().map(c -> column(path, schema, c)).toList();
      for (int group = 0; group < reader.getRowGroups().size(); group++) {
        ColumnChunks.read(path, reader, group, found, sink);
      }
    } catch (IOException e) {
      throw HistoryFileException.damaged(path, e);
    }
  }

  /** The number of rows that a file's footer states. */
  public static long count(String path) {
    try (ParquetFileReader reader = ColumnChunks.open(path)) {
      return reader.getRecordCount();
    } catch (IOException | RuntimeException e) {
      throw HistoryFileException.damaged(path, e);
    }
  }

  private static HistoryColumn column(
      String path, MessageType schema, Map.Entry<String, ValueType> column) {
    String name = column.getKey();
    return (schema.containsField(name)
            ? HistoryColumn.of(schema.getType(name), column.getValue())
            : Optional.<HistoryColumn>empty())
        .orElseThrow(
            () ->
                new HistoryFileException(
                    path + " has no column [" + name + "] of type " + column.getValue(), null));
  }

  private static void add(
      Consumer<Values> rows, List<ValueType> types, List<ColumnBuffer> buffers, int count) {
    for (int row = 0; row < count; row++) {
      Values values = new Values(types);
      for (int c = 0; c < types.size(); c++) {
        buffers.get(c).copyTo(values, c, row);
      }
      rows.accept(values);
    }
  }
}
