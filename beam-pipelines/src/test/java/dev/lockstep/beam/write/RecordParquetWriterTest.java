package dev.lockstep.beam.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.plan.RecordSchema;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Decimals;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordParquetWriterTest {
  @TempDir Path folder;

  record Everything(
      boolean flag,
      @Nullable Boolean maybeFlag,
      int small,
      @Nullable Integer maybeSmall,
      short narrow,
      long large,
      @Nullable Long maybeLarge,
      float single,
      double real,
      @Nullable Double maybeReal,
      @Nullable BigDecimal price,
      @Nullable String text,
      @Nullable Instant at,
      @Nullable Size size,
      @Nullable UUID id,
      @Nullable LocalDate day,
      Optional<LocalDate> until) {}

  enum Size {
    SMALL,
    LARGE {
      @Override
      public String toString() {
        return "large";
      }
    }
  }

  private static final Everything FULL =
      new Everything(
          true,
          false,
          Integer.MIN_VALUE,
          7,
          (short) -3,
          Long.MAX_VALUE,
          -1L,
          1.5f,
          -0.0,
          Double.MIN_VALUE,
          new BigDecimal("-9223372036854.775808"),
          "Zürich ✈",
          Instant.parse("1969-12-31T23:59:59.999999Z"),
          Size.LARGE,
          UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
          LocalDate.of(1969, 12, 31),
          Optional.of(LocalDate.of(12025, 1, 2)));

  private static final Everything EMPTY =
      new Everything(
          false,
          null,
          0,
          null,
          (short) 0,
          0,
          null,
          0,
          0,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          Optional.empty());

  @Test
  void everyTypeAndNullComesBack() throws IOException {
    Path file = folder.resolve("everything.parquet");
    write(file, List.of(FULL, EMPTY, FULL));

    assertEquals(List.of(FULL, EMPTY, FULL), read(file));
  }

  @Test
  void theSchemaIsWhatTheRecordSays() throws IOException {
    Path file = folder.resolve("schema.parquet");
    write(file, List.of());

    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      assertEquals(
          """
          message Everything {
            required boolean flag;
            optional boolean maybeFlag;
            required int32 small;
            optional int32 maybeSmall;
            required int32 narrow;
            required int64 large;
            optional int64 maybeLarge;
            required double single;
            required double real;
            optional double maybeReal;
            optional fixed_len_byte_array(9) price (DECIMAL(19,6));
            optional binary text (STRING);
            optional int64 at (TIMESTAMP(MICROS,true));
            optional binary size (STRING);
            optional binary id (STRING);
            optional int32 day (DATE);
            optional int32 until (DATE);
          }
          """,
          reader.getFileMetaData().getSchema().toString());
      assertEquals(0, reader.getRecordCount());
    }
  }

  record Point(long number, @Nullable Double value) {}

  @Test
  void rowGroupsHaveTheStatedRowsAndKeepTheOrder() throws IOException {
    Path file = folder.resolve("points.parquet");
    int rows = 2 * RecordParquetWriter.ROW_GROUP_ROWS + 5;
    try (RecordParquetWriter<Point> writer = RecordParquetWriter.open(Point.class, file)) {
      for (int i = 0; i < rows; i++) {
        writer.write(new Point(i, i % 3 == 0 ? null : i / 8.0));
      }
    }

    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      assertEquals(
          List.of(
              (long) RecordParquetWriter.ROW_GROUP_ROWS,
              (long) RecordParquetWriter.ROW_GROUP_ROWS,
              5L),
          reader.getFooter().getBlocks().stream().map(BlockMetaData::getRowCount).toList());
    }
    try (ParquetReader<GenericRecord> reader = reader(file)) {
      for (int i = 0; i < rows; i++) {
        GenericRecord row = reader.read();
        assertEquals((long) i, row.get("number"));
        assertEquals(i % 3 == 0 ? null : i / 8.0, row.get("value"));
      }
    }
  }

  @Test
  void theSameRecordsGiveTheSameBytes() throws IOException {
    write(folder.resolve("a"), List.of(FULL, EMPTY));
    write(folder.resolve("b"), List.of(FULL, EMPTY));

    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a")), Files.readAllBytes(folder.resolve("b")));
  }

  @Test
  void aFileAlreadyThereIsOverwritten() throws IOException {
    Path file = folder.resolve("again.parquet");
    write(file, List.of(FULL, FULL));
    write(file, List.of(EMPTY));

    assertEquals(List.of(EMPTY), read(file));
  }

  @Test
  void aMissingFolderIsAnError() {
    assertThrows(
        NoSuchFileException.class,
        () -> RecordParquetWriter.open(Point.class, folder.resolve("missing").resolve("file")));
  }

  private static void write(Path file, List<Everything> rows) throws IOException {
    try (RecordParquetWriter<Everything> writer =
        RecordParquetWriter.open(Everything.class, file)) {
      for (Everything row : rows) {
        writer.write(row);
      }
    }
  }

  private static List<Everything> read(Path file) throws IOException {
    RecordSchema schema = RecordSchema.of(Everything.class);
    List<Everything> rows = new ArrayList<>();
    try (ParquetReader<GenericRecord> reader = reader(file)) {
      for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
        @Nullable Object[] values = new @Nullable Object[schema.components().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = value(schema.components().get(i), row.get(i));
        }
        rows.add((Everything) schema.newRecord(values));
      }
    }
    return rows;
  }

  private static @Nullable Object value(RecordSchema.Component component, @Nullable Object stored) {
    if (stored == null) {
      return null;
    }
    return switch (component.type()) {
      case DECIMAL ->
          Decimals.toBigDecimal(new BigInteger(((GenericFixed) stored).bytes()).longValueExact());
      case STRING -> stored.toString();
      case LONG -> ((Number) stored).longValue();
      case INSTANT ->
          component.isDate()
              ? Micros.toInstant((Integer) stored * Micros.PER_DAY)
              : Micros.toInstant((Long) stored);
      default -> stored;
    };
  }

  private static ParquetReader<GenericRecord> reader(Path file) throws IOException {
    return AvroParquetReader.<GenericRecord>builder(
            new LocalInputFile(file), new PlainParquetConfiguration())
        .build();
  }
}
