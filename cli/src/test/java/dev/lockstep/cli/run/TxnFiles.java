package dev.lockstep.cli.run;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Rows as other tools write them: any column may be null, and times are of one of four kinds. */
final class TxnFiles {
  /** How a file holds times. */
  enum Times {
    MILLIS,
    MICROS,
    NANOS,
    INT96
  }

  /** One row, before any door. */
  record Row(
      String id,
      String card,
      @Nullable Double amount,
      @Nullable Long qty,
      @Nullable Double price,
      Instant at) {

    /** As a producer of messages writes it. */
    String json() {
      return "{\"id\":\"%s\",\"card\":\"%s\",\"amount\":%s,\"qty\":%s,\"price\":%s,\"at\":\"%s\"}"
          .formatted(id, card, amount, qty, number(price), at);
    }

    private static String number(@Nullable Double value) {
      return value == null ? "null" : BigDecimal.valueOf(value).toPlainString();
    }

    Row later(long millis) {
      return new Row(id, card, amount, qty, price, at.plusMillis(millis));
    }
  }

  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  private TxnFiles() {}

  /** Rows in order of time, no two of one millisecond, a good part of them faulty. */
  static List<Row> draw(int count, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    Instant at = START;
    for (int i = 0; i < count; i++) {
      at = at.plusMillis(10 + random.nextInt(60_000));
      Double amount =
          switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> -1.0 - random.nextInt(50);
            case 2 -> Double.NaN;
            default -> random.nextInt(100_000) / 100.0;
          };
      Long qty =
          switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> 3_000_000_000L;
            default -> (long) random.nextInt(9);
          };
      Double price = random.nextInt(20) == 0 ? null : random.nextInt(1_000) / 10.0;
      String card = (random.nextBoolean() ? "card " : "Card ") + random.nextInt(5);
      rows.add(new Row("t" + i, card, amount, qty, price, at));
    }
    return rows;
  }

  static Path write(Path file, List<Row> rows, Times times) throws IOException {
    MessageType schema =
        new MessageType(
            "txn",
            text("id"),
            text("card"),
            Types.optional(PrimitiveTypeName.DOUBLE).named("amount"),
            Types.optional(PrimitiveTypeName.INT64).named("qty"),
            Types.optional(PrimitiveTypeName.DOUBLE).named("price"),
            time("at", times));
    try (ParquetWriter<Group> writer = writer(file, schema)) {
      SimpleGroupFactory groups = new SimpleGroupFactory(schema);
      for (Row row : rows) {
        Group group = groups.newGroup();
        group.add("id", row.id);
        group.add("card", row.card);
        if (row.amount != null) {
          group.add("amount", row.amount);
        }
        if (row.qty != null) {
          group.add("qty", row.qty);
        }
        if (row.price != null) {
          group.add("price", row.price);
        }
        add(group, "at", row.at, times);
        writer.write(group);
      }
    }
    return file;
  }

  /** Two versions of each card's limit. */
  static List<TxnDoors.Limit> limits() {
    List<TxnDoors.Limit> limits = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Instant from = i < 10 ? START : START.plusSeconds(1_800);
      limits.add(new TxnDoors.Limit((i % 2 == 0 ? "card " : "Card ") + i / 2 % 5, from, 100.0 + i));
    }
    return limits;
  }

  static Path writeLimits(Path file, Times times) throws IOException {
    MessageType schema =
        new MessageType(
            "limit",
            text("card"),
            time("from", times),
            Types.optional(PrimitiveTypeName.DOUBLE).named("limit"));
    try (ParquetWriter<Group> writer = writer(file, schema)) {
      SimpleGroupFactory groups = new SimpleGroupFactory(schema);
      for (TxnDoors.Limit limit : limits()) {
        Group group = groups.newGroup();
        group.add("card", limit.card());
        group.add("limit", limit.limit());
        add(group, "from", limit.from(), times);
        writer.write(group);
      }
    }
    return file;
  }

  private static Type text(String name) {
    return Types.optional(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }

  private static Type time(String name, Times times) {
    return times == Times.INT96
        ? Types.optional(PrimitiveTypeName.INT96).named(name)
        : Types.optional(PrimitiveTypeName.INT64)
            .as(
                LogicalTypeAnnotation.timestampType(
                    true, LogicalTypeAnnotation.TimeUnit.valueOf(times.name())))
            .named(name);
  }

  private static void add(Group group, String name, Instant at, Times times) {
    long millis = at.toEpochMilli();
    switch (times) {
      case MILLIS -> group.add(name, millis);
      case MICROS -> group.add(name, millis * 1_000);
      case NANOS -> group.add(name, millis * 1_000_000);
      case INT96 -> {
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(Math.floorMod(millis, 86_400_000L) * 1_000_000);
        bytes.putInt((int) (Math.floorDiv(millis, 86_400_000L) + 2_440_588));
        group.add(name, Binary.fromConstantByteArray(bytes.array()));
      }
    }
  }

  private static ParquetWriter<Group> writer(Path file, MessageType schema) throws IOException {
    return ExampleParquetWriter.builder(new LocalOutputFile(file))
        .withConf(new PlainParquetConfiguration())
        .withType(schema)
        .withRowGroupSize(1L << 16)
        .build();
  }

  /** Lines {@code SOURCE ROW REASON} of a file of rows that were left out, in order. */
  static List<String> letters(Path file) throws IOException {
    List<String> letters = new ArrayList<>();
    try (ParquetReader<Group> reader = new Groups(new LocalInputFile(file)).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        String position = row.getString("position", 0);
        letters.add(
            row.getString("source", 0)
                + " "
                + position.substring(position.lastIndexOf(':') + 1)
                + " "
                + row.getString("reason", 0));
      }
    }
    letters.sort(null);
    return letters;
  }

  private static final class Groups extends ParquetReader.Builder<Group> {
    Groups(InputFile file) {
      super(file, new PlainParquetConfiguration());
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
