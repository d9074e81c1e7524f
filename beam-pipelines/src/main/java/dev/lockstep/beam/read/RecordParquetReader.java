package dev.lockstep.beam.read;

import dev.lockstep.plan.RecordSchema;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.ValueType;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
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

  /** By the names of the decimal columns: Avro's view of integers has lost their scale. */
  private final Map<String, ParquetDecimals> decimals;

  /** What folders' names say, by the names of columns that the file lacks. */
  private final Map<String, @Nullable Object> fromPath = new HashMap<>();

  /**
   * Opens a file.
   *
   * @throws IOException naming the file, if it isn't there or is no Parquet file
   */
  public RecordParquetReader(RecordSchema record, Path file) throws IOException {
    this.record = record;
    this.file = file;
    this.decimals = decimals(record, file);
    try {
      this.rows =
          AvroParquetReader.<GenericRecord>builder(
                  new LocalInputFile(file), new PlainParquetConfiguration())
              .build();
    } catch (RuntimeException e) {
      throw new IOException(file + " can't be read as Parquet: " + e.getMessage(), e);
    }
  }

  private static Map<String, ParquetDecimals> decimals(RecordSchema record, Path file)
      throws IOException {
    Map<String, ParquetDecimals> decimals = new HashMap<>();
    List<String> names =
        record.components().stream()
            .filter(c -> c.type() == ValueType.DECIMAL)
            .map(RecordSchema.Component::name)
            .toList();
    if (names.isEmpty()) {
      return decimals;
    }
    MessageType schema;
    try (ParquetFileReader reader = ColumnChunks.open(file.toString())) {
      schema = reader.getFileMetaData().getSchema();
    } catch (RuntimeException e) {
      throw new IOException(file + " can't be read as Parquet: " + e.getMessage(), e);
    }
    for (String name : names) {
      if (!schema.containsField(name)) {
        continue; // said when it is read
      }
      Type column = schema.getType(name);
      ParquetDecimals found =
          HistoryColumn.of(column, ValueType.DECIMAL).isEmpty()
              ? null
              : ParquetDecimals.of(column.asPrimitiveType());
      if (found == null) {
        throw new IOException(
            file
                + " can't be read: column ["
                + ColumnTypes.describe(column)
                + "] is no decimal, expected "
                + ColumnTypes.expected(ValueType.DECIMAL));
      }
      decimals.put(name, found);
    }
    return decimals;
  }

  private BigDecimal decimal(String column, Object value) throws IOException {
    ParquetDecimals type = Objects.requireNonNull(decimals.get(column));
    try {
      return Decimals.toBigDecimal(
          value instanceof Number integer
              ? type.bits(integer.longValue())
              : type.bits(bytes(value)));
    } catch (ArithmeticException e) {
      throw new IOException(file + ", [" + column + "]: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Object value) {
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
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
      if (!fromPath.containsKey(component.name())) {
        fromPath.put(component.name(), fromPath(row, component));
      }
      return fromPath.get(component.name());
    }
    Object value = row.get(component.name());
    if (value == null) {
      return null;
    }
    return switch (component.type()) {
      case STRING -> value.toString();
      case INSTANT -> Micros.toInstant(((Number) value).longValue());
      case LONG -> ((Number) value).longValue();
      case DECIMAL -> decimal(component.name(), value);
      case DOUBLE -> ((Number) value).doubleValue();
      case BOOLEAN -> value;
    };
  }

  /** What a folder's name says, where the file lacks the column. */
  private @Nullable Object fromPath(GenericRecord row, RecordSchema.Component component)
      throws IOException {
    PartitionFolder folder = PartitionFolder.of(file.toString(), component.name()).orElse(null);
    if (folder == null) {
      throw new IOException(
          file
              + " has no column ["
              + component.name()
              + "]; it has "
              + row.getSchema().getFields().stream().map(f -> f.name()).toList());
    }
    try {
      return folder.as(HistoryColumn.widest(component.name(), component.type())).get(0);
    } catch (dev.lockstep.kernel.DataException e) {
      throw new IOException(file + ": " + folder.problem(component.type(), e), e);
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
