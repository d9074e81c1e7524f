package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lockstep.beam.write.RecordParquetWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample data of a new project: orders that were made up, of which those come back that are
 * large for their customer, or of a product that disappoints. {@code -Dsample.write=true} writes
 * it.
 */
class SampleDataTest {
  private static final Path SAMPLE =
      Path.of("../archetype/src/main/resources/archetype-resources/sample-data");
  private static final long SEED = 20_260_101;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int DAYS = 100;
  private static final int ORDERS = 20_000;
  private static final int CUSTOMERS = 1_200;
  private static final int PRODUCTS = 60;

  /** As the template's. */
  record Order(
      String id, String customer, String product, double amount, boolean express, Instant at) {}

  /** As the template's. */
  record Return(String order, Instant at) {}

  @TempDir Path folder;

  @Test
  void itIsWhatItsSeedGives() throws Exception {
    Random random = new Random(SEED);
    List<Order> orders = new ArrayList<>();
    List<Return> returns = new ArrayList<>();
    double[] usual = random.doubles(CUSTOMERS).map(x -> 15 + 120 * x * x).toArray();
    double[] disappoints = random.doubles(PRODUCTS).map(x -> 0.35 * x * x * x).toArray();
    long span = Duration.ofDays(DAYS).toMillis();
    long[] times = random.longs(ORDERS, 0, span).sorted().toArray();
    for (int i = 0; i < ORDERS; i++) {
      int customer = (int) (CUSTOMERS * random.nextDouble() * random.nextDouble());
      int product = random.nextInt(PRODUCTS);
      double factor = Math.exp(0.7 * random.nextGaussian());
      boolean express = random.nextDouble() < 0.2;
      Instant at = START.plusMillis(times[i]);
      double cents = Math.rint(100 * usual[customer] * factor);
      String id = "o%05d".formatted(i + 1);
      orders.add(
          new Order(
              id,
              "c%04d".formatted(customer + 1),
              "p%02d".formatted(product + 1),
              cents / 100,
              express,
              at));
      double chance = 0.03 + disappoints[product] + (factor > 2 ? 0.4 : 0) + (express ? 0.05 : 0);
      if (random.nextDouble() < chance) {
        long after =
            Duration.ofDays(2).toMillis() + random.nextLong(Duration.ofDays(11).toMillis());
        returns.add(new Return(id, at.plusMillis(after)));
      }
    }
    returns.sort(Comparator.comparing(Return::at));
    same("orders.parquet", Order.class, orders);
    same("returns.parquet", Return.class, returns);
  }

  private <T> void same(String name, Class<T> type, List<T> rows) throws Exception {
    Path made = folder.resolve(name);
    try (RecordParquetWriter<T> writer = RecordParquetWriter.open(type, made)) {
      for (T row : rows) {
        writer.write(row);
      }
    }
    if (Boolean.getBoolean("sample.write")) {
      Files.createDirectories(SAMPLE);
      Files.write(SAMPLE.resolve(name), Files.readAllBytes(made));
    }
    assertArrayEquals(pages(SAMPLE.resolve(name)), pages(made));
  }

  /** A Parquet file without its footer, which says by which commit it was written. */
  private static byte[] pages(Path file) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int footer = all.getInt(all.capacity() - 2 * Integer.BYTES);
    return Arrays.copyOf(all.array(), all.capacity() - 2 * Integer.BYTES - footer);
  }
}
