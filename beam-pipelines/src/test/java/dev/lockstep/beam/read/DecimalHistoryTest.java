package dev.lockstep.beam.read;

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
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Values;
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

  private static SourcePlan plan() {
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
                            Aggregations.sum(Sale::price).over(Window.last(Durations.days(1))))))
        .sources()
        .get(0);
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
    SourcePlan plan = plan();
    int price = plan.columns().stream().map(c -> c.name()).toList().indexOf("price");
    List<String> read = new ArrayList<>();
    new HistoryReader(plan, file.toString())
        .read(
            0,
            new HistoryReader.Sink() {
              @Override
              public void row(Values values, long timestamp, long position, long row) {
                read.add(String.valueOf(values.get(price)));
              }

              @Override
              public void unreadable(DataException reason, int column, long position, long row) {
                read.add(reason.getMessage());
              }
            });
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
  void doublesAndFinerDecimalsAreRefused() throws IOException {
    refused(
        "double price", 0.5, "INT64 (write decimals, which doubles can't become exactly, or make");
    refused("int64 price (DECIMAL(18,7))", 5L, "INT64. Its columns are");
  }

  private void refused(String column, Object price, String cure) throws IOException {
    Path file = file(column, price);
    HistoryFileException e = assertThrows(HistoryFileException.class, () -> read(file));
    String expected =
        "can't be read as DECIMAL, expected DECIMAL with at most 6 digits behind the point, INT32 or "
            + cure;
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
