package dev.lockstep.beam.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Reads chosen columns of a Parquet file, a chunk of rows at a time, straight from its pages. */
public final class ColumnChunks {
  /** The most rows of one chunk. */
  public static final int CHUNK_ROWS = 1 << 15;

  /** Nothing on the class path decompresses them. */
  private static final Set<CompressionCodecName> NOT_READ =
      Set.of(CompressionCodecName.BROTLI, CompressionCodecName.LZO);

  private ColumnChunks() {}

  /** Takes one chunk: its columns, in the order asked for. They are reused for the next one. */
  interface Sink {
    void chunk(List<ColumnBuffer> columns, int rows);
  }

  static ParquetFileReader open(String path) throws IOException {
    return ParquetFileReader.open(
        new LocalInputFile(Path.of(path)),
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .usePageChecksumVerification()
            .build());
  }

  /**
   * Opens a file.
   *
   * @throws HistoryFileException if it isn't there, is no Parquet file, or its footer is damaged
   */
  static ParquetFileReader opened(String path) {
    try {
      return open(path);
    } catch (IOException | RuntimeException e) {
      throw HistoryFileException.damaged(path, e);
    }
  }

  /**
   * Requires that the pages of some columns can be decompressed.
   *
   * @throws HistoryFileException naming the codec, if not
   */
  static void requireCodecs(String path, ParquetFileReader file, List<HistoryColumn> columns) {
    Set<String> names = columns.stream().map(HistoryColumn::name).collect(Collectors.toSet());
    for (BlockMetaData group : file.getRowGroups()) {
      for (ColumnChunkMetaData column : group.getColumns()) {
        if (NOT_READ.contains(column.getCodec())
            && column.getPath().size() == 1
            && names.contains(column.getPath().toDotString())) {
          throw new HistoryFileException(
              "the history file "
                  + path
                  + " is compressed as "
                  + column.getCodec()
                  + " (column ["
                  + column.getPath().toDotString()
                  + "]), which can't be read; supported are UNCOMPRESSED, SNAPPY, GZIP, ZSTD and"
                  + " LZ4_RAW: write it again with one of these",
              null);
        }
      }
    }
  }

  /**
   * Reads one row group of an open file.
   *
   * @throws HistoryFileException if the file is damaged, naming row group and column
   */
  static void read(
      String path, ParquetFileReader file, int group, List<HistoryColumn> columns, Sink sink) {
    if (file.getRowGroups().get(group).getRowCount() == 0) {
      return; // some writers put one into an empty file; Parquet's reader refuses it
    }
    List<HistoryColumn> inFile = columns.stream().filter(HistoryColumn::isInFile).toList();
    try (PageReadStore pages = pages(path, file, group, inFile)) {
      int capacity = (int) Math.min(CHUNK_ROWS, pages.getRowCount());
      List<ColumnBuffer> buffers = columns.stream().map(c -> ColumnBuffer.of(c, capacity)).toList();
      String createdBy = file.getFileMetaData().getCreatedBy();
      List<PageColumn> readers = new ArrayList<>();
      List<ColumnBuffer> filled = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        if (columns.get(c).isInFile()) {
          readers.add(pageColumn(path, group, columns.get(c), pages, createdBy, capacity));
          filled.add(buffers.get(c));
        }
      }
      for (long left = pages.getRowCount(); left > 0; ) {
        int rows = (int) Math.min(capacity, left);
        for (int c = 0; c < readers.size(); c++) {
          fill(path, group, inFile.get(c), readers.get(c), filled.get(c), rows);
        }
        sink.chunk(buffers, rows);
        left -= rows;
      }
    }
  }

  private static PageColumn pageColumn(
      String path,
      int group,
      HistoryColumn column,
      PageReadStore pages,
      @Nullable String createdBy,
      int capacity) {
    try {
      ColumnDescriptor descriptor = descriptor(column);
      return new PageColumn(
          column, descriptor, pages.getPageReader(descriptor), createdBy, capacity);
    } catch (RuntimeException e) {
      throw HistoryFileException.damaged(path, group, column.name(), e); // it has no pages
    }
  }

  private static ColumnDescriptor descriptor(HistoryColumn column) {
    return new MessageType("read", column.inFile()).getColumns().get(0);
  }

  private static PageReadStore pages(
      String path, ParquetFileReader file, int group, List<HistoryColumn> columns) {
    try {
      return pages(file, group, columns);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Garbage in a page header nests without end.
      throw HistoryFileException.damaged(path, group, culprit(path, file, group, columns), e);
    }
  }

  private static PageReadStore pages(ParquetFileReader file, int group, List<HistoryColumn> columns)
      throws IOException {
    file.setRequestedSchema(
        new MessageType("read", columns.stream().map(c -> (Type) c.inFile()).toList()));
    return file.readRowGroup(group);
  }

  /**
   * The column whose pages can't be found, of some that couldn't together. Parquet's reader
   * forgives the last column of those it reads, so each is tried together with the file's last.
   */
  private static @Nullable String culprit(
      String path, ParquetFileReader opened, int group, List<HistoryColumn> columns) {
    List<HistoryColumn> inFile = new ArrayList<>(columns);
    List<String> order =
        opened.getRowGroups().get(group).getColumns().stream()
            .map(c -> c.getPath().toDotString())
            .toList();
    inFile.sort(Comparator.comparing(c -> -order.indexOf(c.name())));
    for (HistoryColumn column : inFile) {
      try (ParquetFileReader file = open(path)) {
        pages(file, group, List.copyOf(new LinkedHashSet<>(List.of(column, inFile.get(0)))))
            .close();
      } catch (IOException | RuntimeException | StackOverflowError e) {
        return column.name();
      }
    }
    return null;
  }

  /** Decoding fails in many ways on damaged pages: all of them mean the file. */
  private static void fill(
      String path,
      int group,
      HistoryColumn column,
      PageColumn reader,
      ColumnBuffer buffer,
      int rows) {
    try {
      reader.fill(buffer, rows);
    } catch (RuntimeException e) {
      throw HistoryFileException.damaged(path, group, column.name(), e);
    }
  }
}
