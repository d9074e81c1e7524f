package dev.lockstep.beam.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Durations;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.FeaturePlan;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C6, C13: decimals of history in whatever way Parquet holds them. */
class DecimalHistoryTest {
  record Sale(String shop, BigDecimal price, Instant at) {}

  @TempDir Path folder;

  private static FeaturePlan plan() {
    EventSource<Sale> sales = EventSource.of(Sale.class).named("sales").eventTime(Sale::at);
    Entity<String> shop = Entity.string("shop");
    return FeaturePlan.of(
        FeatureSet.named("s")
            .forEach(sales)
            .with(
                FeatureView.named("v")
                    .over(sales)
                    .by(shop, Sale::shop)
                    .feature(
                        "sum",
                        Aggregations.sum(Sale::price).over(Window.last(Durations.days(1))))));
  }

  /** A file of one column of prices. */
  private Path file(String column, Object... prices) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message sale { required binary shop (STRING); optional "
                + column
                + "; required int64 at (TIMESTAMP(MICROS,true)); }");
    Path file = folder.resolve(Integer.toHexString(column.hashCode()) + ".parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .build()) {
      for (Object price : prices) {
        Group row = new SimpleGroup(schema);
        row.add("shop", "a");
        row.add("at", 1L);
        if (price instanceof Integer number) {
          row.add("price", number);
        } else if (price instanceof Long number) {
          row.add("price", number);
        } else if (price instanceof Double number) {
          row.add("price", number);
        } else {
          row.add("price", Binary.fromConstantByteArray((byte[]) price));
        }
        writer.write(row);
      }
    }
    return file;
  }

  /** The prices, or the reason why a row can't be read. */
  private static List<String> read(Path file) {
    FeaturePlan plan = plan();
    RowIntake door = RowIntake.of(plan, plan.sources().get(0));
    int price = door.source().columns().stream().map(c -> c.name()).toList().indexOf("price");
    List<String> read = new ArrayList<>();
    try (HistoryReader reader = new HistoryReader(door, file.toString())) {
      reader.read(
          0,
          new HistoryReader.Sink() {
            @Override
            public void row(long timestamp, long position, long row) {
              try {
                read.add(String.valueOf(door.values().get(price)));
              } catch (DataException e) {
                read.add(e.getMessage());
              }
            }

            @Override
            public void unreadable(DataException reason, long row) {
              throw reason;
            }
          });
    }
    return read;
  }

  private static byte[] bytes(String unscaled, int length) {
    BigInteger value = new BigInteger(unscaled);
    byte[] shortest = value.toByteArray();
    byte[] bytes = new byte[Math.max(length, shortest.length)];
    java.util.Arrays.fill(bytes, (byte) value.signum() < 0 ? (byte) -1 : 0);
    System.arraycopy(shortest, 0, bytes, bytes.length - shortest.length, shortest.length);
    return bytes;
  }

  @Test
  void everyWayToHoldThem() throws IOException {
    check(List.of("0.1", "-21474836.48"), "int32 price (DECIMAL(9,2))", 10, Integer.MIN_VALUE);
    check(List.of("-0.000001"), "int64 price (DECIMAL(18,6))", -1L);
    check(List.of("12.5"), "int64 price (DECIMAL(18,3))", 12_500L);
    check(List.of("7"), "int32 price", 7);
    check(List.of("-7"), "int64 price", -7L);
    check(
        List.of("-9223372036854.775808", "0"),
        "fixed_len_byte_array(9) price (DECIMAL(19,6))",
        bytes("-9223372036854775808", 9),
        bytes("0", 9));
    check(
        List.of("-1.5", "2"),
        "fixed_len_byte_array(16) price (DECIMAL(38,4))",
        bytes("-15000", 16),
        bytes("20000", 16));
    check(List.of("-1.5"), "binary price (DECIMAL(38,1))", bytes("-15", 1));
  }

  private void check(List<String> expected, String column, Object... prices) throws IOException {
    Path file = file(column, prices);
    assertEquals(expected, read(file), column);
  }

  @Test
  void whatDoesNotFitIsADataErrorOfItsRow() throws IOException {
    Path file =
        file(
            "fixed_len_byte_array(16) price (DECIMAL(38,6))",
            bytes("9223372036854775808", 16),
            bytes("5", 16));
    String reason =
        "[price]: the decimal 9223372036854.775808 doesn't fit: they go to 9223372036854.775807;"
            + " declare a double";
    assertEquals(List.of(reason, "0.000005"), read(file));
  }

  @Test
  void zerosBehindTheLastDigitDoNotCount() throws IOException {
    Path file =
        file(
            "fixed_len_byte_array(16) price (DECIMAL(38,18))",
            bytes("1500000000000000000", 16),
            bytes("1500000000000000001", 16));
    assertEquals(
        List.of(
            "1.5",
            "[price]: the decimal 1.500000000000000001 has more than 6 digits behind the point:"
                + " send it rounded, or declare a double"),
        read(file));
    check(List.of("0.5"), "int64 price (DECIMAL(18,7))", 5_000_000L);
    check(List.of("12.25"), "binary price (STRING)", (Object) "12.250".getBytes(UTF_8));
  }

  @Test
  void doublesAreRefused() throws IOException {
    Path file = file("double price", 0.5);
    HistoryFileException e = assertThrows(HistoryFileException.class, () -> read(file));
    String expected =
        "column [price DOUBLE] can't be read as DECIMAL, expected DECIMAL, integers, or text of"
            + " numbers (write decimals, which doubles can't become exactly, or make the component"
            + " a double)";
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
