package dev.lockstep.beam.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.kernel.DataException;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C13: what is said of files with wrong bytes, and that they are never read as something else. */
class DamagedHistoryTest {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message m { required binary card (STRING); optional double amount;"
              + " optional int64 n; required int64 at (TIMESTAMP(MILLIS,true)); }");
  private static final int ROWS = 4_000;
  private static final int GROUPS = 2;
  private static final int DAMAGES = 400;

  @TempDir Path folder;

  private Path write(boolean checksums) throws IOException {
    Path file = folder.resolve("history" + checksums + ".parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(SCHEMA)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withPageWriteChecksumEnabled(checksums)
            .withDictionaryPageSize(10_000)
            .withPageSize(2_000)
            .withRowGroupSize(60_000L)
            .build()) {
      for (int i = 0; i < ROWS; i++) {
        Group row = new SimpleGroup(SCHEMA);
        row.add("card", "card-" + i % 700);
        if (i % 5 != 0) {
          row.add("amount", i / 4.0);
        }
        if (i % 3 == 0) {
          row.add("n", (long) i % 10);
        }
        row.add("at", 1_000_000_000_000L + i);
        writer.write(row);
      }
    }
    return file;
  }

  private static List<Object> read(Path file) throws IOException {
    List<Object> read = new ArrayList<>();
    try (ParquetFileReader reader = ColumnChunks.open(file.toString())) {
      List<HistoryColumn> columns =
          List.of(
              column("card", ValueType.STRING),
              column("amount", ValueType.DOUBLE),
              column("n", ValueType.LONG),
              column("at", ValueType.INSTANT));
      assertTrue(reader.getRowGroups().size() >= GROUPS);
      for (int group = 0; group < reader.getRowGroups().size(); group++) {
        ColumnChunks.read(
            file.toString(),
            reader,
            group,
            columns,
            (buffers, rows) -> {
              for (int row = 0; row < rows; row++) {
                for (int c = 0; c < columns.size(); c++) {
                  Values value = new Values(List.of(columns.get(c).type()));
                  try {
                    buffers.get(c).copyTo(value, 0, row);
                    read.add(value);
                  } catch (DataException e) { // a wrong byte may be no UTF-8
                    read.add(e.getMessage());
                  }
                }
              }
            });
      }
    }
    return read;
  }

  private static HistoryColumn column(String name, ValueType type) {
    return HistoryColumn.of(SCHEMA.getType(name), type).orElseThrow();
  }

  private static int dataEnd(byte[] bytes) {
    int at = bytes.length - 8;
    int footer = (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
    return at - footer;
  }

  /** Reads the file with one wrong byte after the other; returns how many were noticed. */
  private int damage(Path whole, boolean checksums) throws IOException {
    List<Object> expected = read(whole);
    assertEquals(4 * ROWS, expected.size());
    byte[] bytes = Files.readAllBytes(whole);
    Path file = folder.resolve("damaged.parquet");
    Random random = new Random(17);
    int noticed = 0;
    for (int i = 0; i < DAMAGES; i++) {
      int at = 4 + random.nextInt(dataEnd(bytes) - 4);
      byte before = bytes[at];
      bytes[at] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, bytes);
      bytes[at] = before;
      String told = "damage " + i + " at " + at;
      try {
        List<Object> read = read(file);
        if (checksums) {
          assertEquals(expected, read, told);
        }
      } catch (HistoryFileException e) {
        noticed++;
        String message = e.getMessage();
        assertTrue(
            message.matches(
                "(?s)the history file .*damaged\\.parquet can't be read as Parquet: row group \\d+,"
                    + " column \\[(card|amount|n|at)] \\(.*\\); write it again, or leave it out of"
                    + " the history"),
            told + ": " + message);
      }
    }
    return noticed;
  }

  @Test
  void aWrongByteIsNoticedByItsChecksum() throws IOException {
    int noticed = damage(write(true), true);
    assertTrue(noticed > DAMAGES * 8 / 10, noticed + " noticed");
  }

  @Test
  void withoutChecksumsNothingElseIsThrown() throws IOException {
    int noticed = damage(write(false), false);
    assertTrue(noticed > 10, noticed + " noticed");
  }
}
