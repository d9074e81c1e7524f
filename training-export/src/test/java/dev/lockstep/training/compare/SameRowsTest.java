package dev.lockstep.training.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.beam.write.TrainingSetWriter;
import dev.lockstep.training.TrainingException;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets that hold the same rows, and sets that hardly don't. */
class SameRowsTest {
  private static final TrainingSchema SCHEMA =
      new TrainingSchema(
          List.of("card"),
          List.of(
              new TrainingSchema.Column("amount", ValueType.DOUBLE),
              new TrainingSchema.Column("swipes", ValueType.LONG)),
          null);
  private static final long NAN = 0x7ff8000000000000L;

  @TempDir Path home;

  /** A row: the amount's bits, or null. */
  private record Row(String id, String card, @Nullable Long amount, long swipes) {}

  private static List<Row> rows(int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new Row("r" + i, "c" + i % 7, Double.doubleToRawLongBits(i * 0.1), i % 5));
    }
    return rows;
  }

  private Path publish(String name, String fingerprint, List<Row> rows, int inFirstPart)
      throws IOException {
    TrainingSetFolder folder = new TrainingSetFolder(home.resolve(name).toString(), "run", false);
    folder.begin();
    write(folder.part(0), rows.subList(0, inFirstPart));
    write(folder.part(1), rows.subList(inFirstPart, rows.size()));
    folder.publish(
        new Manifest(
            "set",
            fingerprint,
            "plan",
            SCHEMA,
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

  private static void write(Path part, List<Row> rows) throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    List<ColumnVector> columns = SCHEMA.emptyColumns();
    for (Row row : rows) {
      columns.get(0).appendString(row.id());
      columns.get(1).appendBits(1);
      columns.get(2).appendBits(2);
      columns.get(3).appendString(row.card());
      if (row.amount() == null) {
        columns.get(4).appendNull();
      } else {
        columns.get(4).appendBits(row.amount());
      }
      columns.get(5).appendBits(row.swipes());
    }
    try (TrainingSetWriter writer = TrainingSetWriter.open(part, SCHEMA)) {
      writer.write(columns, rows.size());
    }
  }

  private SameRows.Comparison compare(List<Row> left, List<Row> right) throws IOException {
    return SameRows.of(
        List.of(publish("left", "f", left, left.size()), publish("right", "f", right, 1)));
  }

  @Test
  void anotherOrderOfRowsAndPartsIsTheSame() throws IOException {
    List<Row> reversed = rows(5000);
    Collections.reverse(reversed);
    SameRows.Comparison same = compare(rows(5000), reversed);
    assertEquals(List.of(), same.differences());
    assertTrue(same.identical());
    assertEquals(5000, same.rows());
    assertEquals(6, same.columns());
  }

  @Test
  void labelsOfTwoDefinitionsAreToldApart() throws IOException {
    List<Path> folders =
        List.of(publish("left", "f", rows(9), 9), publish("right", "f", rows(9), 1));
    for (Path folder : folders) {
      Manifest manifest = Manifest.read(folder).withLabelText("label of " + folder.getFileName());
      Files.writeString(folder.resolve(Manifest.FILE), manifest.toJson());
    }
    SameRows.Comparison differ = SameRows.of(folders);
    assertFalse(differ.identical());
    assertEquals(
        List.of(
            folders.get(0)
                + " and "
                + folders.get(1)
                + " have different labels: [label of left] and [label of right]"),
        differ.differences());
  }

  @Test
  void oneFlippedBitIsShownWithRowColumnTextAndBits() throws IOException {
    List<Row> flipped = rows(5000);
    Row row = flipped.get(4321);
    flipped.set(4321, new Row(row.id(), row.card(), row.amount() ^ 1, row.swipes()));
    SameRows.Comparison differ = compare(rows(5000), flipped);
    assertFalse(differ.identical());
    assertEquals(2, differ.differences().size(), differ.toString());
    assertEquals(
        "request \"r4321\" (0x7234333231):\n    amount: "
            + 4321 * 0.1
            + " (0x"
            + Long.toHexString(row.amount())
            + ") <> "
            + Double.longBitsToDouble(row.amount() ^ 1)
            + " (0x"
            + Long.toHexString(row.amount() ^ 1)
            + ")",
        differ.differences().get(1));
  }

  /** What our own writer refuses to write, written over a part of the same schema. */
  private static void overwrite(Path set, List<Row> rows) throws IOException {
    Path part = set.resolve("part-00000.parquet");
    MessageType schema;
    try (var reader = ParquetFileReader.open(new LocalInputFile(part))) {
      schema = reader.getFileMetaData().getSchema();
    }
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(part))
            .withType(schema)
            .withConf(new PlainParquetConfiguration())
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .build()) {
      for (Row row : rows) {
        Group group = new SimpleGroup(schema);
        group.append("request_id", row.id()).append("event_time", 1L).append("available_at", 2L);
        group.append("card", row.card()).append("swipes", row.swipes());
        if (row.amount() != null) {
          group.append("amount", Double.longBitsToDouble(row.amount()));
        }
        writer.write(group);
      }
    }
  }

  @Test
  void nullIsNotNaNAndMinusZeroIsNotZero() throws IOException {
    List<Row> left =
        List.of(new Row("a", "c", null, 1), new Row("b", "c", 0L, 1), new Row("d", "c", null, 1));
    List<Row> right =
        List.of(
            new Row("a", "c", NAN, 1),
            new Row("b", "c", Double.doubleToRawLongBits(-0.0), 1),
            new Row("d", "c", 0L, 1));
    Path one = publish("left", "f", left, 3);
    Path other = publish("right", "f", left, 3);
    overwrite(other, right);
    String all = SameRows.of(List.of(one, other)).differences().toString();
    assertTrue(all.contains("amount: null <> NaN (0x7ff8000000000000)"), all);
    assertTrue(all.contains("amount: 0.0 (0x0) <> -0.0 (0x8000000000000000)"), all);
    assertTrue(all.contains("amount: null <> 0.0 (0x0)"), all);
    overwrite(other, left);
    assertTrue(SameRows.of(List.of(one, other)).identical());
  }

  @Test
  void aMissingRowIsNamed() throws IOException {
    List<Row> fewer = rows(100);
    fewer.remove(42);
    List<String> differences = compare(rows(100), fewer).differences();
    assertTrue(differences.get(0).endsWith("have 100 and 99 rows"), differences.toString());
    assertTrue(differences.get(2).contains("\"r42\""), differences.toString());
    assertTrue(differences.get(2).endsWith("left only"), differences.toString());
  }

  @Test
  void aRowThatIsThereTwiceIsADifference() throws IOException {
    List<Row> left = rows(50);
    List<Row> right = rows(50);
    left.add(left.get(3));
    right.add(right.get(4));
    List<String> differences = compare(left, right).differences();
    assertEquals(3, differences.size(), differences.toString());
    assertTrue(differences.get(1).contains("\"r3\"") && differences.get(1).endsWith("left only"));
    assertTrue(differences.get(2).contains("\"r4\"") && differences.get(2).endsWith("right only"));
  }

  @Test
  void swappedValuesOfTwoRowsAreSeen() throws IOException {
    List<Row> swapped = rows(10);
    Row a = swapped.get(1);
    Row b = swapped.get(2);
    swapped.set(1, new Row(a.id(), a.card(), b.amount(), a.swipes()));
    swapped.set(2, new Row(b.id(), b.card(), a.amount(), b.swipes()));
    assertEquals(3, compare(rows(10), swapped).differences().size());
  }

  @Test
  void showsTenRowsOfManyAndAnotherFingerprint() throws IOException {
    List<Row> others = new ArrayList<>();
    rows(5000).forEach(r -> others.add(new Row(r.id(), r.card(), r.amount(), r.swipes() + 1)));
    SameRows.Comparison differ =
        SameRows.of(
            List.of(
                publish("left", "f", rows(5000), 10),
                publish("same", "f", rows(5000), 20),
                publish("right", "g", others, 10)));
    assertEquals(2 + SameRows.SHOWN, differ.differences().size());
    assertTrue(differ.differences().get(0).endsWith("fingerprints f and g"));
    assertTrue(differ.differences().get(1).endsWith("differ, first in these rows:"));
  }

  @Test
  void refusesWhatIsNoTrainingSetAndASingleOne() throws IOException {
    Path set = publish("left", "f", rows(3), 2);
    assertThrows(TrainingException.class, () -> SameRows.of(List.of(set)));
    assertThrows(TrainingSetException.class, () -> SameRows.of(List.of(set, home)));
  }
}
