package dev.lockstep.beam.write;

import dev.lockstep.plan.RecordSchema;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Decimals;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Records of one type on their way into a Parquet file, one column per component.
 *
 * <p>Integers become INT64, or INT32 where a Java int holds them; floats and doubles DOUBLE;
 * decimals {@link DecimalColumn DECIMAL(19, 6)}; text, enums and UUIDs UTF-8; instants timestamps
 * in microseconds UTC, LocalDates DATE. Components that can be null are optional columns,
 * primitives required ones. Snappy; every row group but the last has {@value #ROW_GROUP_ROWS} rows,
 * so that reading can be split. The same records give the same bytes.
 *
 * <p>A file whose writing failed may look whole after {@link #close}: write under another name and
 * rename when all went well. Not thread-safe.
 *
 * @param <T> the record type
 */
public final class RecordParquetWriter<T> implements Closeable {
  /** How many rows a row group has. */
  static final int ROW_GROUP_ROWS = 1 << 16;

  private static final CompressionCodecName CODEC = CompressionCodecName.SNAPPY;
  private static final int COLUMN_INDEX_TRUNCATE_LENGTH = 64;

  private final RecordSchema record;
  private final MessageType schema;
  private final ParquetProperties properties = ParquetProperties.builder().build();
  private final CodecFactory codecs;
  private final ParquetFileWriter file;
  private final List<ColumnWriter> columns = new ArrayList<>();
  private @Nullable ColumnChunkPageWriteStore pages;
  private @Nullable ColumnWriteStore rowGroup;
  private int rowsInGroup;
  private boolean closed;

  private RecordParquetWriter(RecordSchema record, Path path) throws IOException {
    this.record = record;
    this.schema = schemaOf(record);
    this.codecs =
        new CodecFactory(new PlainParquetConfiguration(), ParquetProperties.DEFAULT_PAGE_SIZE);
    this.file =
        new ParquetFileWriter(
            new LocalOutputFile(path),
            schema,
            ParquetFileWriter.Mode.OVERWRITE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            null,
            properties);
    file.start();
  }

  /**
   * Opens a file for records of a type; a file already there is overwritten.
   *
   * @throws IllegalArgumentException if the type isn't a record that can be held in columns
   * @throws IOException if the file can't be written
   */
  public static <T> RecordParquetWriter<T> open(Class<T> recordType, Path path) throws IOException {
    return new RecordParquetWriter<>(RecordSchema.of(recordType), path);
  }

  /**
   * Writes one record; rows keep the order of the calls.
   *
   * @throws ArithmeticException if a decimal has more than six digits behind the point, or doesn't
   *     fit
   */
  public void write(T row) throws IOException {
    if (closed) {
      throw new IllegalStateException("the writer is closed");
    }
    ColumnWriteStore group = rowGroup != null ? rowGroup : startRowGroup();
    for (int i = 0; i < columns.size(); i++) {
      Object value = record.read(row, i);
      if (value == null) {
        columns.get(i).writeNull(0, 0);
      } else {
        write(columns.get(i), value, record.components().get(i).nullable() ? 1 : 0);
      }
    }
    group.endRecord();
    if (++rowsInGroup == ROW_GROUP_ROWS) {
      endRowGroup();
    }
  }

  /** Writes what is left and the footer. Closing again does nothing. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      endRowGroup();
      file.end(Map.of());
    } finally {
      codecs.release();
      file.close();
    }
  }

  private ColumnWriteStore startRowGroup() {
    pages =
        new ColumnChunkPageWriteStore(
            codecs.getCompressor(CODEC),
            schema,
            properties.getAllocator(),
            COLUMN_INDEX_TRUNCATE_LENGTH);
    ColumnWriteStore group = properties.newColumnWriteStore(schema, pages);
    rowGroup = group;
    columns.clear();
    schema.getColumns().forEach(column -> columns.add(group.getColumnWriter(column)));
    return group;
  }

  private void endRowGroup() throws IOException {
    if (rowGroup == null || pages == null) {
      return;
    }
    try (ColumnChunkPageWriteStore ended = pages;
        ColumnWriteStore group = rowGroup) {
      file.startBlock(rowsInGroup);
      group.flush();
      ended.flushToFileWriter(file);
      file.endBlock();
    } finally {
      rowGroup = null;
      pages = null;
      rowsInGroup = 0;
    }
  }

  private static void write(ColumnWriter column, Object value, int definitionLevel) {
    if (value instanceof Double || value instanceof Float) {
      column.write(((Number) value).doubleValue(), 0, definitionLevel);
    } else if (value instanceof BigDecimal decimal) {
      column.write(DecimalColumn.value(Decimals.bitsOf(decimal)), 0, definitionLevel);
    } else if (value instanceof Long number) {
      column.write(number.longValue(), 0, definitionLevel);
    } else if (value instanceof Number narrow) {
      column.write(narrow.intValue(), 0, definitionLevel);
    } else if (value instanceof Boolean flag) {
      column.write(flag.booleanValue(), 0, definitionLevel);
    } else if (value instanceof Instant instant) {
      column.write(Micros.of(instant), 0, definitionLevel);
    } else if (value instanceof LocalDate date) {
      column.write(Math.toIntExact(date.toEpochDay()), 0, definitionLevel);
    } else {
      String text = value instanceof Enum<?> constant ? constant.name() : value.toString();
      column.write(Binary.fromString(text), 0, definitionLevel);
    }
  }

  private static MessageType schemaOf(RecordSchema record) {
    List<Type> fields = new ArrayList<>();
    for (RecordSchema.Component component : record.components()) {
      Type.Repetition repetition =
          component.nullable() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
      fields.add(column(component, repetition));
    }
    return new MessageType(record.recordType().getSimpleName(), fields);
  }

  private static PrimitiveType column(
      RecordSchema.Component component, Type.Repetition repetition) {
    String name = component.name();
    return switch (component.type()) {
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
      case DECIMAL -> DecimalColumn.of(name, repetition);
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
      case STRING ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case INSTANT ->
          component.isDate()
              ? Types.primitive(PrimitiveTypeName.INT32, repetition)
                  .as(LogicalTypeAnnotation.dateType())
                  .named(name)
              : Types.primitive(PrimitiveTypeName.INT64, repetition)
                  .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                  .named(name);
      case LONG ->
          Types.primitive(
                  isLong(component.javaType()) ? PrimitiveTypeName.INT64 : PrimitiveTypeName.INT32,
                  repetition)
              .named(name);
    };
  }

  private static boolean isLong(Class<?> type) {
    return type == long.class || type == Long.class;
  }
}
