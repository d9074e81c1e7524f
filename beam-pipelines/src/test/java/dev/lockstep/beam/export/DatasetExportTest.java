package dev.lockstep.beam.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.read.HistoryFileException;
import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.beam.write.TrainingSetWriter;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other tools are given, to the character. */
class DatasetExportTest {
  private static final List<TrainingSchema.Column> FEATURES =
      Stream.of(ValueType.values())
          .map(t -> new TrainingSchema.Column("f_" + t.name().toLowerCase(), t))
          .toList();
  private static final TrainingSchema.Column LABEL =
      new TrainingSchema.Column("fraud", ValueType.BOOLEAN);
  private static final List<ValueType> TYPES =
      FEATURES.stream().map(TrainingSchema.Column::type).toList();

  @TempDir Path home;
  private Path set;

  @BeforeEach
  void publish() throws IOException {
    set =
        publish(
            "set",
            LABEL,
            List.of(
                row("r1", "a,b", true, true, 3L, 0.5, "12.25", "say \"hi\"", 1_000_000L),
                row("r2", null, null, null, null, null, null, null, null),
                row("r3", "", false, false, -7L, 1e300, "-0.000001", "", 1_500_000L),
                row("r4", "two\nlines", false, null, 1L << 40, 0.1, "7", "Ω", -1L)));
  }

  private static LabelledVector row(
      String id, @Nullable String card, @Nullable Boolean label, @Nullable Object... features) {
    Values values = new Values(TYPES);
    for (int f = 0; f < features.length; f++) {
      Object value = features[f];
      values.set(
          f,
          TYPES.get(f) == ValueType.DECIMAL && value != null
              ? new BigDecimal((String) value)
              : TYPES.get(f) == ValueType.INSTANT && value != null
                  ? Instant.EPOCH.plusNanos((Long) value * 1_000)
                  : value);
    }
    Map<String, String> keys = card == null ? Map.of() : Map.of("card", card);
    return new LabelledVector(
        new FeatureVector("set", "print", id, 1_000_001, 2_000_000, keys, values, 0, 0), label);
  }

  private Path publish(
      String name, TrainingSchema.@Nullable Column label, List<LabelledVector> rows)
      throws IOException {
    TrainingSchema schema = new TrainingSchema(List.of("card"), FEATURES, label);
    TrainingSetFolder folder = new TrainingSetFolder(home.resolve(name).toString(), "run", false);
    folder.begin();
    for (int part = 0; part < rows.size(); part++) { // one row each
      List<ColumnVector> columns = schema.emptyColumns();
      rows.get(part).appendTo(columns, schema);
      try (TrainingSetWriter writer = TrainingSetWriter.open(folder.part(part), schema)) {
        writer.write(columns, 1);
      }
    }
    folder.publish(
        new Manifest(
            "set",
            "print",
            "plan",
            schema,
            rows.size(),
            null,
            null,
            null,
            Map.of(),
            List.of(),
            List.of(),
            "run"));
    return folder.path();
  }

  private static DatasetExport.Summary export(Path set, DatasetExport.Format format, Path out) {
    return DatasetExport.of(set).write(format, out, false, rows -> {});
  }

  @Test
  void csvHasAllColumns() throws IOException {
    Path out = home.resolve("set.csv");
    assertEquals(new DatasetExport.Summary(4, 0), export(set, DatasetExport.Format.CSV, out));
    String times = ",\"1970-01-01T00:00:01.000001Z\",\"1970-01-01T00:00:02.000000Z\",";
    assertEquals(
        String.join(
            "\r\n",
            "\"request_id\",\"event_time\",\"available_at\",\"card\",\"f_boolean\",\"f_long\","
                + "\"f_double\",\"f_decimal\",\"f_string\",\"f_instant\",\"fraud\"",
            "\"r1\""
                + times
                + "\"a,b\",\"true\",3,0.5,12.25,\"say \"\"hi\"\"\","
                + "\"1970-01-01T00:00:01.000000Z\",\"true\"",
            "\"r2\"" + times + ",,,,,,,",
            "\"r3\""
                + times
                + "\"\",\"false\",-7,1.0E300,-0.000001,\"\","
                + "\"1970-01-01T00:00:01.500000Z\",\"false\"",
            "\"r4\""
                + times
                + "\"two\nlines\",,1099511627776,0.1,7,\"Ω\","
                + "\"1969-12-31T23:59:59.999999Z\",\"false\"",
            ""),
        Files.readString(out));
  }

  @Test
  void anotherEngineReadsFromCsvWhatParquetHolds() throws Exception {
    Path out = home.resolve("set.csv");
    export(set, DatasetExport.Format.CSV, out);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duck.createStatement();
        ResultSet same =
            statement.executeQuery(
                "select count(*) from (select * replace (nullif(card, '') as card, nullif(f_string,"
                    + " '') as f_string) from read_parquet('"
                    + set
                    + "/*.parquet') intersect all select * from read_csv('"
                    + out
                    + "', types = {'card': 'VARCHAR', 'f_boolean': 'BOOLEAN', 'f_decimal':"
                    + " 'DECIMAL(19,6)', 'f_string': 'VARCHAR', 'fraud': 'BOOLEAN'}))")) {
      assertTrue(same.next());
      assertEquals(4, same.getLong(1));
    }
  }

  @Test
  void libsvmHasTheFloatsThatAModelReads() throws IOException {
    Path out = home.resolve("set.libsvm");
    assertEquals(new DatasetExport.Summary(3, 1), export(set, DatasetExport.Format.LIBSVM, out));
    assertEquals(
        """
        1 0:1 1:3 2:0.5 3:12.25 4:1
        0 0:0 1:-7 2:3.4028235E38 3:-1.0E-6 4:1.5
        0 1:1.0995116E12 2:0.1 3:7 4:-1.0E-6
        """,
        Files.readString(out));
    assertEquals(
        """
        0\tf_boolean\ti
        1\tf_long\tint
        2\tf_double\tq
        3\tf_decimal\tq
        4\tf_instant\tq
        """,
        Files.readString(home.resolve("set.libsvm.features.txt")));
  }

  @Test
  void libsvmNeedsALabel() throws IOException {
    Path unlabelled = publish("unlabelled", null, List.of());
    Path out = home.resolve("out");
    assertEquals(
        "libsvm needs a label that is a number or a boolean, and the training set's is missing;"
            + " backfill with such a label, or export csv",
        assertThrows(
                TrainingSetException.class,
                () -> export(unlabelled, DatasetExport.Format.LIBSVM, out))
            .getMessage());
    assertEquals(List.of("set", "unlabelled"), names());
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyIfAsked() throws IOException {
    Path out = Files.writeString(home.resolve("out.csv"), "precious");
    TrainingSetException refused =
        assertThrows(TrainingSetException.class, () -> export(set, DatasetExport.Format.CSV, out));
    assertEquals(
        out + " is there already; give another name (--out), or replace it (--replace)",
        refused.getMessage());
    assertEquals("precious", Files.readString(out));
    DatasetExport.of(set).write(DatasetExport.Format.CSV, out, true, rows -> {});
    assertTrue(Files.readString(out).startsWith("\"request_id\""));
  }

  @Test
  void nothingIsLeftOfAnExportThatFails() throws IOException {
    Path part = set.resolve("part-00003.parquet");
    byte[] bytes = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(bytes, bytes.length / 2));
    assertThrows(
        HistoryFileException.class,
        () -> export(set, DatasetExport.Format.CSV, home.resolve("out.csv")));
    assertEquals(List.of("set"), names());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
