package dev.lockstep.beam.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.read.HistoryFileException;
import dev.lockstep.beam.read.ParquetRows;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written is read again to the bit, by our readers and by DuckDB. */
class TrainingSetWriterTest {
  private static final TrainingSchema SCHEMA =
      new TrainingSchema(
          List.of("card", "mer'chant"),
          Stream.of(ValueType.values())
              .map(t -> new TrainingSchema.Column("f_" + t.name().toLowerCase(), t))
              .toList(),
          new TrainingSchema.Column("label", ValueType.BOOLEAN));

  private Path folder;
  private DuckDb duck;

  @BeforeEach
  @BeforeProperty
  void begin() throws Exception {
    folder = Files.createTempDirectory("training-set-writer");
    duck = new DuckDb();
  }

  @AfterEach
  @AfterProperty
  void end() throws Exception {
    duck.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 60)
  void readersSeeWhatWasWritten(@ForAll long seed) throws Exception {
    RandomColumns random = new RandomColumns(seed);
    List<Integer> rows = new ArrayList<>();
    List<List<ColumnVector>> groups = new ArrayList<>();
    for (int g = (int) Math.floorMod(seed, 4L); g > 0; g--) {
      int count = random.rows();
      List<ColumnVector> columns = new ArrayList<>();
      for (Map.Entry<String, ValueType> column : SCHEMA.columns()) {
        columns.add(random.column(column.getValue(), count, columns.size() >= 3));
      }
      rows.add(count);
      groups.add(columns);
    }
    Path file = write("random.parquet", groups, rows);
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (int g = 0; g < rows.size(); g++) {
      for (int row = 0; row < rows.get(g); row++) {
        List<@Nullable Object> values = new ArrayList<>();
        for (ColumnVector column : groups.get(g)) {
          values.add(canonical(column, row));
        }
        expected.add(values);
      }
    }
    assertRows(expected, ours(file));
    assertRows(expected, duck.query(select(file)));
    assertExtremes(file, groups, rows);
    assertArrayEquals(
        Files.readAllBytes(file), Files.readAllBytes(write("again.parquet", groups, rows)));
  }

  private static void assertRows(
      List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
    assertEquals(expected.size(), actual.size());
    for (int row = 0; row < expected.size(); row++) {
      assertEquals(expected.get(row), actual.get(row), "row " + row);
    }
  }

  /** As DuckDb gives it: instants as microseconds, decimals stripped, zeros positive (C6). */
  private static @Nullable Object canonical(ColumnVector column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column.type()) {
      case INSTANT, LONG -> column.bits(row);
      case DOUBLE -> column.getDouble(row) + 0.0;
      case BOOLEAN -> column.bits(row) != 0;
      case STRING -> column.getString(row);
      case DECIMAL -> ((BigDecimal) Objects.requireNonNull(column.get(row))).stripTrailingZeros();
    };
  }

  private static String select(Path file) {
    return "select "
        + SCHEMA.columns().stream()
            .map(
                c ->
                    c.getValue() == ValueType.INSTANT
                        ? "epoch_us(\"" + c.getKey() + "\")"
                        : "\"" + c.getKey() + "\"")
            .collect(Collectors.joining(", "))
        + " from read_parquet('"
        + file
        + "', file_row_number = true) order by file_row_number";
  }

  private static List<List<@Nullable Object>> ours(Path file) {
    List<ValueType> types = SCHEMA.columns().stream().map(Map.Entry::getValue).toList();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Values values : ParquetRows.of(file.toString(), SCHEMA.columns())) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int c = 0; c < types.size(); c++) {
        ColumnVector one = new ColumnVector(types.get(c));
        one.insert(0, values, c);
        row.add(canonical(one, 0));
      }
      rows.add(row);
    }
    return rows;
  }

  /** The footer's least and greatest values and counts of nulls are those of the columns. */
  private static void assertExtremes(Path file, List<List<ColumnVector>> groups, List<Integer> rows)
      throws IOException {
    int block = 0;
    for (int g = 0; g < groups.size(); g++) {
      if (rows.get(g) == 0) {
        continue;
      }
      BlockMetaData meta = blocks(file).get(block++);
      assertEquals(rows.get(g).longValue(), meta.getRowCount());
      for (int c = 0; c < groups.get(g).size(); c++) {
        assertExtremes(meta.getColumns().get(c), groups.get(g).get(c), rows.get(g));
      }
    }
  }

  private static void assertExtremes(ColumnChunkMetaData chunk, ColumnVector column, int rows) {
    int least = -1;
    int greatest = -1;
    for (int row = 0; row < rows; row++) {
      if (!column.isNull(row)) {
        least = least < 0 || column.compare(row, least) < 0 ? row : least;
        greatest = greatest < 0 || column.compare(row, greatest) > 0 ? row : greatest;
      }
    }
    if (column.type() == ValueType.STRING && least >= 0 && bytes(column, least, greatest) >= 4096) {
      return; // parquet-mr leaves statistics out that are longer
    }
    assertEquals(column.nulls(0, rows), chunk.getStatistics().getNumNulls());
    assertEquals(least >= 0, chunk.getStatistics().hasNonNullValue());
    if (least < 0) {
      return;
    }
    Object min = chunk.getStatistics().genericGetMin();
    Object max = chunk.getStatistics().genericGetMax();
    if (column.type() == ValueType.DOUBLE) { // zeros of both signs are one value to readers
      assertEquals(column.getDouble(least), (Double) min, 0.0);
      assertEquals(column.getDouble(greatest), (Double) max, 0.0);
    } else if (column.type() == ValueType.DECIMAL) {
      assertEquals(DecimalColumn.value(column.bits(least)), min);
      assertEquals(DecimalColumn.value(column.bits(greatest)), max);
    } else if (column.type() == ValueType.STRING) {
      assertEquals(column.getString(least), ((Binary) min).toStringUsingUTF8());
      assertEquals(column.getString(greatest), ((Binary) max).toStringUsingUTF8());
    } else {
      assertEquals(canonical(column, least), min);
      assertEquals(canonical(column, greatest), max);
    }
  }

  private static int bytes(ColumnVector column, int... rows) {
    int bytes = 0;
    for (int row : rows) {
      bytes +=
          Objects.requireNonNull(column.getString(row)).getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  @Test
  void aFileOfNoRowsIsWhole() throws Exception {
    Path file = write("empty.parquet", List.of(), List.of());
    assertEquals(0, ParquetRows.count(file.toString()));
    assertEquals(List.of(List.of(0L)), duck.query("select count(*) from " + DuckDb.file(file)));
  }

  @Test
  void othersSeePlainTypes() throws Exception {
    Path file = write("types.parquet", List.of(), List.of());
    List<Object> types =
        duck
            .query("select column_type from (describe select * from " + DuckDb.file(file) + ")")
            .stream()
            .map(row -> Objects.requireNonNull(row.get(0)))
            .toList();
    assertEquals(
        List.of(
            "VARCHAR",
            "TIMESTAMP WITH TIME ZONE",
            "TIMESTAMP WITH TIME ZONE",
            "VARCHAR",
            "VARCHAR",
            "BOOLEAN",
            "BIGINT",
            "DOUBLE",
            "DECIMAL(19,6)",
            "VARCHAR",
            "TIMESTAMP WITH TIME ZONE",
            "BOOLEAN"),
        types);
  }

  @Test
  void smallIntegersAndKeysGetADictionaryAndIdsDoNot() throws Exception {
    Path file = write("codes.parquet", List.of(regular(10_000)), List.of(10_000));
    List<ColumnChunkMetaData> chunks = blocks(file).get(0).getColumns();
    assertTrue(chunks.get(column("f_long")).getEncodings().contains(Encoding.RLE_DICTIONARY));
    assertTrue(chunks.get(column("card")).getEncodings().contains(Encoding.RLE_DICTIONARY));
    assertTrue(!chunks.get(0).hasDictionaryPage());
    assertEquals(CompressionCodecName.SNAPPY, chunks.get(column("f_long")).getCodec());
    assertTrue(chunks.get(column("f_long")).getTotalSize() < 10_000 * 3 / 2);
    assertEquals(
        List.of(List.of(100L, 10_000L)),
        duck.query(
            "select count(distinct card), count(distinct request_id) from " + DuckDb.file(file)));
  }

  @Test
  void whatSnappyDoesNotMakeSmallerIsLeftAsItIs() throws Exception {
    ColumnVector noise = new RandomColumns(7).column(ValueType.DOUBLE, 0, false);
    SplittableRandom random = new SplittableRandom(7);
    while (noise.size() < 5_000) {
      noise.appendBits(Double.doubleToRawLongBits(random.nextDouble()));
    }
    List<ColumnVector> columns = regular(5_000);
    columns.set(column("f_double"), noise);
    Path file = write("noise.parquet", List.of(columns), List.of(5_000));
    assertEquals(
        CompressionCodecName.UNCOMPRESSED,
        blocks(file).get(0).getColumns().get(column("f_double")).getCodec());
    assertEquals(5_000, ours(file).size());
  }

  @Test
  void aRequiredColumnRefusesNullAndTheFileStaysUnreadable() throws Exception {
    List<ColumnVector> columns = regular(10);
    ColumnVector times = new ColumnVector(ValueType.INSTANT);
    for (int i = 0; i < 10; i++) {
      times.appendNull();
    }
    columns.set(1, times);
    Path file = folder.resolve("null.parquet");
    try (TrainingSetWriter writer = TrainingSetWriter.open(file, SCHEMA)) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> writer.write(columns, 10));
      assertEquals("column [event_time] must not hold a null", refused.getMessage());
      assertThrows(IllegalStateException.class, () -> writer.write(regular(10), 10));
    }
    assertThrows(HistoryFileException.class, () -> ParquetRows.count(file.toString()));
  }

  @Test
  void aNanIsRefused() throws Exception {
    for (double nan : new double[] {Double.NaN, Double.longBitsToDouble(-1L)}) {
      List<ColumnVector> columns = regular(3);
      ColumnVector doubles = columns.get(column("f_double"));
      doubles.remove(0, 1);
      doubles.appendBits(Double.doubleToRawLongBits(nan));
      try (TrainingSetWriter writer =
          TrainingSetWriter.open(folder.resolve("nan.parquet"), SCHEMA)) {
        assertEquals(
            "column [f_double] holds a NaN; a value that isn't known is null (C7)",
            assertThrows(IllegalArgumentException.class, () -> writer.write(columns, 3))
                .getMessage());
      }
    }
  }

  @Test
  void columnsOfAnotherTypeOrLengthAreRefused() throws Exception {
    try (TrainingSetWriter writer =
        TrainingSetWriter.open(folder.resolve("other.parquet"), SCHEMA)) {
      assertEquals(
          "column [request_id] is given as 3 values of STRING; needed are 4 of STRING",
          assertThrows(IllegalArgumentException.class, () -> writer.write(regular(3), 4))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> writer.write(regular(3).subList(0, 4), 3));
    }
  }

  private static int column(String name) {
    return SCHEMA.columns().stream().map(Map.Entry::getKey).toList().indexOf(name);
  }

  private static List<ColumnVector> regular(int rows) {
    List<ColumnVector> columns = new ArrayList<>();
    for (Map.Entry<String, ValueType> type : SCHEMA.columns()) {
      ColumnVector column = new ColumnVector(type.getValue());
      for (int row = 0; row < rows; row++) {
        if (type.getValue() == ValueType.STRING) {
          column.appendString(columns.isEmpty() ? "request-" + row : "card-" + row * 7 % 100);
        } else {
          column.appendBits(type.getValue() == ValueType.BOOLEAN ? row % 2 : 1_000 + row % 300);
        }
      }
      columns.add(column);
    }
    return columns;
  }

  private Path write(String name, List<List<ColumnVector>> groups, List<Integer> rows)
      throws IOException {
    Path file = folder.resolve(name);
    try (TrainingSetWriter writer = TrainingSetWriter.open(file, SCHEMA)) {
      for (int g = 0; g < groups.size(); g++) {
        writer.write(groups.get(g), rows.get(g));
      }
    }
    return file;
  }

  private static List<BlockMetaData> blocks(Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            new LocalInputFile(file),
            ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
      return reader.getRowGroups();
    }
  }
}
