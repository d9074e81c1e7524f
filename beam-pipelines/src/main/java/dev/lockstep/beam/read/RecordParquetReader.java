package dev.lockstep.beam.read;

import dev.lockstep.plan.RecordSchema;
import dev.lockstep.time.Micros;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole records of any record type from a Parquet file, as {@link
 * dev.lockstep.beam.write.RecordParquetWriter} wrote them: for replays and tables, where every
 * field is wanted. Batch reads only the columns it needs, elsewhere.
 */
public final class RecordParquetReader implements Closeable {
  private final RecordSchema record;
  private final Path file;
  private final ParquetReader<GenericRecord> rows;

  /**
   * Opens a file.
   *
   * @throws IOException naming the file, if it isn't there or is no Parquet file
   */
  public RecordParquetReader(RecordSchema record, Path file) throws IOException {
    this.record = record;
    this.file = file;
    try {
      this.rows =
          AvroParquetReader.<GenericRecord>builder(
                  new LocalInputFile(file), new PlainParquetConfiguration())
              .build();
    } catch (RuntimeException e) {
      throw new IOException(file + " can't be read as Parquet: " + e.getMessage(), e);
    }
  }

  /**
   * The next record, or null at the end.
   *
   * @throws IOException naming the file and the column, if a column is missing or of another type
   */
  public @Nullable Object read() throws IOException {
    GenericRecord row;
    try {
      row = rows.read();
    } catch (RuntimeException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
    if (row == null) {
      return null;
    }
    @Nullable Object[] values = new @Nullable Object[record.components().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(row, record.components().get(i));
    }
    return record.newRecord(values);
  }

  private @Nullable Object value(GenericRecord row, RecordSchema.Component component)
      throws IOException {
    if (!row.hasField(component.name())) {
      throw new IOException(
          file
              + " has no column ["
              + component.name()
              + "]; it has "
              + row.getSchema().getFields().stream().map(f -> f.name()).toList());
    }
    Object value = row.get(component.name());
    if (value == null) {
      return null;
    }
    return switch (component.type()) {
      case STRING -> value.toString();
      case INSTANT -> Micros.toInstant(((Number) value).longValue());
      case LONG -> ((Number) value).longValue();
      case DOUBLE -> ((Number) value).doubleValue();
      case BOOLEAN -> value;
    };
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
