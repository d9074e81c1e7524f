package dev.lockstep.beam.write;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * One part of a training set on its way into a Parquet file, a row group at a time.
 *
 * <p>Whole columns become pages in bulk: text and small integers behind a dictionary where that
 * pays, everything else as it lies in memory; snappy, but for columns that it doesn't make smaller.
 * The same columns give the same bytes. Not thread-safe.
 */
public final class TrainingSetWriter implements Closeable {
  private final List<Map.Entry<String, ValueType>> columns;
  private final List<ColumnDescriptor> descriptors;
  private final Path path;
  private final ParquetFileWriter file;
  private final ColumnChunkWriter chunks;
  private boolean inRowGroup;
  private boolean closed;

  private TrainingSetWriter(Path path, TrainingSchema schema) throws IOException {
    MessageType parquet = schema.parquet();
    this.path = path;
    this.columns = schema.columns();
    this.descriptors = parquet.getColumns();
    this.file =
        new ParquetFileWriter(
            new LocalOutputFile(path),
            parquet,
            ParquetFileWriter.Mode.OVERWRITE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            null,
            ParquetProperties.builder().build());
    this.chunks = new ColumnChunkWriter(file);
    file.start();
  }

  /**
   * Opens a file; one already there, of an attempt that failed, is overwritten.
   *
   * @throws TrainingSetException if the file can't be written
   */
  public static TrainingSetWriter open(Path file, TrainingSchema schema) throws IOException {
    try {
      return new TrainingSetWriter(file, schema);
    } catch (IOException e) {
      throw TrainingSetException.notWritten(file, e);
    }
  }

  /**
   * Writes the first rows of columns as one row group; no rows are none. Reads the columns only
   * during the call. After a failure nothing more can be written, and the file stays unreadable.
   *
   * @param batch columns in the order and of the types of {@link TrainingSchema#columns()}
   * @throws IllegalArgumentException if they are others, or hold a null where none may be (id and
   *     times), or a NaN
   * @throws TrainingSetException if the file can't be written: the disk is full, or the like
   */
  public void write(List<ColumnVector> batch, int rows) throws IOException {
    if (closed || inRowGroup) {
      throw new IllegalStateException("the writer is closed, or has failed");
    }
    check(batch, rows);
    if (rows == 0) {
      return;
    }
    inRowGroup = true; // and stays so if writing fails
    try {
      file.startBlock(rows);
      for (int c = 0; c < batch.size(); c++) {
        boolean unique = columns.get(c).getKey().equals(TrainingSchema.REQUEST_ID);
        chunks.write(descriptors.get(c), batch.get(c), rows, unique);
      }
      file.endBlock();
    } catch (IOException e) {
      throw TrainingSetException.notWritten(path, e);
    }
    inRowGroup = false;
  }

  private void check(List<ColumnVector> batch, int rows) {
    if (batch.size() != columns.size()) {
      throw new IllegalArgumentException(
          batch.size() + " columns are given where the training set has " + columns.size());
    }
    for (int c = 0; c < batch.size(); c++) {
      ColumnVector column = batch.get(c);
      if (column.type() != columns.get(c).getValue() || column.size() < rows) {
        throw new IllegalArgumentException(
            "column ["
                + columns.get(c).getKey()
                + "] is given as "
                + column.size()
                + " values of "
                + column.type()
                + "; needed are "
                + rows
                + " of "
                + columns.get(c).getValue());
      }
    }
  }

  /**
   * Writes the footer, but after a failure: a file without it isn't read.
   *
   * @throws TrainingSetException if the file can't be written
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (file) {
      if (!inRowGroup) {
        file.end(Map.of());
      }
    } catch (IOException e) {
      throw TrainingSetException.notWritten(path, e);
    }
  }
}
