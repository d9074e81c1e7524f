package dev.lockstep.beam.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads chosen columns of a Parquet file, a chunk of rows at a time. */
public final class ColumnChunks {
  /** The most rows of one chunk. */
  public static final int CHUNK_ROWS = 1 << 15;

  private ColumnChunks() {}

  /** Takes one chunk: its columns, in the order asked for. */
  interface Sink {
    void chunk(List<ColumnBuffer> columns, int rows);
  }

  static ParquetFileReader open(String path) throws IOException {
    return ParquetFileReader.open(
        new LocalInputFile(Path.of(path)),
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build());
  }

  /**
   * Reads one row group.
   *
   * @throws HistoryFileException if the file is damaged
   */
  static void read(String path, int group, List<HistoryColumn> columns, Sink sink) {
    try (ParquetFileReader file = open(path)) {
      MessageType projection =
          new MessageType("read", columns.stream().map(c -> (Type) c.parquet()).toList());
      file.setRequestedSchema(projection);
      PageReadStore pages = file.readRowGroup(group);
      int capacity = (int) Math.min(CHUNK_ROWS, pages.getRowCount());
      List<ColumnBuffer> buffers =
          columns.stream().map(c -> new ColumnBuffer(c, capacity)).toList();
      ColumnReadStoreImpl store =
          new ColumnReadStoreImpl(
              pages, new Row(buffers), projection, file.getFileMetaData().getCreatedBy());
      List<ColumnReader> readers =
          projection.getColumns().stream().map(store::getColumnReader).toList();
      for (long left = pages.getRowCount(); left > 0; ) {
        int rows = (int) Math.min(capacity, left);
        fill(path, buffers, readers, rows);
        sink.chunk(buffers, rows);
        left -= rows;
      }
    } catch (IOException | ParquetRuntimeException e) {
      throw HistoryFileException.damaged(path, e);
    }
  }

  /** Decoding fails in many ways on damaged pages: all of them mean the file. */
  private static void fill(
      String path, List<ColumnBuffer> buffers, List<ColumnReader> readers, int rows) {
    try {
      for (int c = 0; c < buffers.size(); c++) {
        buffers.get(c).fill(readers.get(c), rows);
      }
    } catch (RuntimeException e) {
      throw HistoryFileException.damaged(path, e);
    }
  }

  private static final class Row extends GroupConverter {
    private final List<ColumnBuffer> buffers;

    Row(List<ColumnBuffer> buffers) {
      this.buffers = buffers;
    }

    @Override
    public Converter getConverter(int fieldIndex) {
      return buffers.get(fieldIndex);
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
