package dev.lockstep.training.compare;

import dev.lockstep.beam.write.Manifest;
import dev.lockstep.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;

/** The rows of a training set as its parts store them, a row group at a time. */
final class StoredRows {
  /** Names a row; the same in every training set. */
  static final String ID = "request_id";

  private static final long SEED = 0x6c6f636b73746570L;
  private static final long OTHER_SEED = 0x706574736b636f6cL;

  private final Path folder;
  private final Manifest manifest;
  private final List<Path> parts;

  /** Takes the rows of a row group: 128 bits that stand for each, and a hash of its id. */
  interface HashSink {
    void row(Place place, long idHash, long high, long low);
  }

  /** Where a row is. */
  record Place(int part, int group, int row) {}

  /** Takes the value of a column in a wanted row. */
  interface ValueSink {
    void value(Place place, String column, String shown);
  }

  private StoredRows(Path folder, Manifest manifest, List<Path> parts) {
    this.folder = folder;
    this.manifest = manifest;
    this.parts = parts;
  }

  /**
   * A training set's.
   *
   * @throws dev.lockstep.beam.write.TrainingSetException if the folder is none
   */
  static StoredRows of(Path folder) {
    Manifest manifest = Manifest.read(folder);
    try (Stream<Path> files = Files.walk(folder)) {
      return new StoredRows(
          folder,
          manifest,
          files
              .filter(f -> f.getFileName().toString().matches("part-\\d+\\.parquet"))
              .sorted(Comparator.comparing(Path::toString))
              .toList());
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  Path folder() {
    return folder;
  }

  Manifest manifest() {
    return manifest;
  }

  /**
   * The columns, by name.
   *
   * @throws TrainingException if the parts don't agree on them
   */
  List<StoredColumn> columns() {
    List<StoredColumn> first = null;
    for (Path part : parts) {
      try (ParquetFileReader file = open(part)) {
        List<StoredColumn> own = columns(part, file);
        if (first != null && !declared(first).equals(declared(own))) {
          throw new TrainingException(
              part + " has other columns than " + parts.get(0), "write the training set again");
        }
        first = first == null ? own : first;
      } catch (IOException e) {
        throw unreadable(part, e);
      }
    }
    return first == null ? List.of() : first;
  }

  static List<String> declared(List<StoredColumn> columns) {
    return columns.stream().map(StoredColumn::declared).toList();
  }

  private static List<StoredColumn> columns(Path part, ParquetFileReader file) {
    MessageType schema = file.getFileMetaData().getSchema();
    if (schema.getColumns().size() != schema.getFieldCount()
        || schema.getColumns().stream().anyMatch(c -> c.getMaxRepetitionLevel() > 0)) {
      throw new TrainingException(
          part + " has nested columns, so it is no part of a training set",
          "give the folder that a backfill published");
    }
    return schema.getColumns().stream()
        .map(StoredColumn::new)
        .sorted(Comparator.comparing(StoredColumn::name))
        .toList();
  }

  /** Hashes all rows. */
  void hashes(HashSink sink) {
    for (int p = 0; p < parts.size(); p++) {
      Path part = parts.get(p);
      try (ParquetFileReader file = open(part)) {
        List<StoredColumn> columns = columns(part, file);
        for (int g = 0; g < file.getRowGroups().size(); g++) {
          hashes(file, columns, p, g, sink);
        }
      } catch (IOException | RuntimeException e) {
        throw unreadable(part, e);
      }
    }
  }

  private static void hashes(
      ParquetFileReader file, List<StoredColumn> columns, int part, int group, HashSink sink)
      throws IOException {
    int rows = Math.toIntExact(file.getRowGroups().get(group).getRowCount());
    if (rows == 0) {
      return; // Parquet's reader refuses such
    }
    long[] high = new long[rows];
    long[] low = new long[rows];
    long[] ids = new long[rows];
    try (PageReadStore pages = file.readRowGroup(group)) {
      ColumnReadStoreImpl store = store(file, pages);
      for (int c = 0; c < columns.size(); c++) {
        StoredColumn column = columns.get(c);
        boolean isId = column.name().equals(ID);
        ColumnReader reader = store.getColumnReader(column.descriptor());
        for (int row = 0; row < rows; row++) {
          high[row] = column.mix(high[row] + SEED + c, reader);
          low[row] = column.mix(low[row] + OTHER_SEED + c, reader);
          if (isId) {
            ids[row] = column.mix(SEED, reader);
          }
          reader.consume();
        }
      }
    }
    for (int row = 0; row < rows; row++) {
      sink.row(new Place(part, group, row), ids[row], high[row], low[row]);
    }
  }

  /** Shows all values of a few rows. */
  void values(Set<Place> wanted, ValueSink sink) {
    for (Place place : wanted) {
      Path part = parts.get(place.part());
      try (ParquetFileReader file = open(part);
          PageReadStore pages = file.readRowGroup(place.group())) {
        ColumnReadStoreImpl store = store(file, pages);
        for (StoredColumn column : columns(part, file)) {
          ColumnReader reader = store.getColumnReader(column.descriptor());
          for (int row = 0; row < place.row(); row++) {
            if (!column.isNull(reader)) {
              reader.skip();
            }
            reader.consume();
          }
          sink.value(place, column.name(), column.show(reader));
        }
      } catch (IOException | RuntimeException e) {
        throw unreadable(part, e);
      }
    }
  }

  private static ColumnReadStoreImpl store(ParquetFileReader file, PageReadStore pages) {
    MessageType schema = file.getFileMetaData().getSchema();
    return new ColumnReadStoreImpl(
        pages,
        new GroupRecordConverter(schema).getRootConverter(),
        schema,
        file.getFileMetaData().getCreatedBy());
  }

  private static ParquetFileReader open(Path part) throws IOException {
    return ParquetFileReader.open(
        new LocalInputFile(part),
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .usePageChecksumVerification()
            .build());
  }

  private static TrainingException unreadable(Path path, Exception e) {
    if (e instanceof TrainingException ours) {
      return ours;
    }
    TrainingException unreadable =
        new TrainingException(path + " can't be read (" + e + ")", "write the training set again");
    unreadable.initCause(e);
    return unreadable;
  }
}
