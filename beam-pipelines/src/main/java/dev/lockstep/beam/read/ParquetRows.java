package dev.lockstep.beam.read;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;

/** All rows of a small Parquet file, such as a part of a training set. */
public final class ParquetRows {
  private ParquetRows() {}

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
    try (ParquetFileReader reader = ColumnChunks.open(path)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      List<HistoryColumn> found = columns.stream().map(c -> column(path, schema, c)).toList();
      for (int group = 0; group < reader.getRowGroups().size(); group++) {
        ColumnChunks.read(
            path, reader, group, found, (buffers, count) -> add(rows, types, buffers, count));
      }
    } catch (HistoryFileException | UncheckedIOException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
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
            : java.util.Optional.<HistoryColumn>empty())
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
