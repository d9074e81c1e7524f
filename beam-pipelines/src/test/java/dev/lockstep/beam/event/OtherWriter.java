package dev.lockstep.beam.event;

import dev.lockstep.plan.RecordSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/** Somebody else's schema for a record, drawn at random, and messages by it: the same values. */
final class OtherWriter {
  /** One field; of those that the record lacks, the component is -1. */
  private record Column(int component, Schema value, boolean nullFirst, boolean nullable) {
    Schema schema() {
      Schema none = Schema.create(Schema.Type.NULL);
      return !nullable
          ? value
          : nullFirst ? Schema.createUnion(none, value) : Schema.createUnion(value, none);
    }
  }

  private final RecordSchema record;
  private final List<Column> columns;
  private final Schema schema;

  private OtherWriter(RecordSchema record, List<Column> columns) {
    this.record = record;
    this.columns = columns;
    List<Schema.Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int component = columns.get(i).component;
      String name = component < 0 ? "extra" + i : record.components().get(component).fieldName();
      fields.add(new Schema.Field(name, columns.get(i).schema()));
    }
    this.schema = Schema.createRecord("Theirs", null, "others", false, fields);
  }

  static OtherWriter of(RecordSchema record, SplittableRandom random) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < record.components().size(); i++) {
      RecordSchema.Component c = record.components().get(i);
      columns.add(
          random.nextInt(columns.size() + 1),
          new Column(i, value(c, random), random.nextBoolean(), c.nullable()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      Schema extra =
          random.nextBoolean()
              ? Schema.createMap(Schema.create(Schema.Type.DOUBLE))
              : Schema.createArray(Schema.create(Schema.Type.STRING));
      columns.add(random.nextInt(columns.size() + 1), new Column(-1, extra, false, false));
    }
    return new OtherWriter(record, columns);
  }

  private static Schema value(RecordSchema.Component c, SplittableRandom random) {
    boolean coin = random.nextBoolean();
    return switch (c.type()) {
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case LONG ->
          Schema.create(
              c.greatest() <= Integer.MAX_VALUE && coin
                  ? random.nextBoolean() ? Schema.Type.INT : Schema.Type.DOUBLE
                  : random.nextBoolean() ? Schema.Type.LONG : Schema.Type.STRING);
      case DOUBLE -> Schema.create(c.isFloat() && coin ? Schema.Type.FLOAT : Schema.Type.DOUBLE);
      case DECIMAL ->
          coin
              ? Schema.create(Schema.Type.STRING)
              : LogicalTypes.decimal(40, 6 + random.nextInt(6))
                  .addToSchema(
                      random.nextBoolean()
                          ? Schema.create(Schema.Type.BYTES)
                          : Schema.createFixed("Fixed" + c.name(), null, "others", 20));
      case STRING -> Schema.create(coin ? Schema.Type.BYTES : Schema.Type.STRING);
      case INSTANT -> c.isDate() ? day(coin) : instant(random);
    };
  }

  private static Schema day(boolean asText) {
    return asText
        ? Schema.create(Schema.Type.STRING)
        : LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
  }

  private static Schema instant(SplittableRandom random) {
    Schema number = Schema.create(Schema.Type.LONG);
    return switch (random.nextInt(6)) {
      case 0 -> number; // microseconds, as no unit is declared
      case 1 -> LogicalTypes.timestampMillis().addToSchema(number);
      case 2 -> LogicalTypes.timestampMicros().addToSchema(number);
      case 3 -> LogicalTypes.localTimestampMillis().addToSchema(number);
      case 4 -> LogicalTypes.localTimestampMicros().addToSchema(number);
      default -> Schema.create(Schema.Type.STRING);
    };
  }

  String schemaText() {
    return schema.toString();
  }

  byte[] encode(Object event) throws java.io.IOException {
    GenericRecord out = new GenericData.Record(schema);
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (column.component >= 0) {
        out.put(i, written(column.value, record.read(event, column.component)));
      } else {
        out.put(
            i,
            column.value.getType() == Schema.Type.MAP
                ? java.util.Map.of("a", 1.5, "b", 2.5)
                : List.of("x", "yz"));
      }
    }
    ByteBuffer bytes = new BinaryMessageEncoder<>(GenericData.get(), schema).encode(out);
    return Arrays.copyOf(bytes.array(), bytes.remaining());
  }

  private static @Nullable Object written(Schema as, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (as.getType()) {
      case INT -> value instanceof LocalDate d ? (int) d.toEpochDay() : ((Number) value).intValue();
      case FLOAT -> ((Number) value).floatValue();
      case DOUBLE -> ((Number) value).doubleValue();
      case STRING -> textOf(value);
      case BYTES, FIXED -> bytes(as, value);
      case LONG -> value instanceof Instant at ? instant(as, at) : ((Number) value).longValue();
      default -> value;
    };
  }

  private static long instant(Schema as, Instant at) {
    boolean millis = String.valueOf(as.getProp("logicalType")).endsWith("millis");
    return millis ? at.toEpochMilli() : at.toEpochMilli() * 1_000;
  }

  private static String textOf(Object value) {
    return value instanceof Enum<?> constant ? constant.name() : value.toString();
  }

  private static Object bytes(Schema as, Object value) {
    if (!(value instanceof BigDecimal)) {
      return ByteBuffer.wrap(textOf(value).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    int scale = ((LogicalTypes.Decimal) as.getLogicalType()).getScale();
    BigInteger unscaled = ((BigDecimal) value).setScale(scale).unscaledValue();
    byte[] shortest = unscaled.toByteArray();
    if (as.getType() == Schema.Type.BYTES) {
      return ByteBuffer.wrap(shortest);
    }
    byte[] fixed = new byte[as.getFixedSize()];
    Arrays.fill(fixed, (byte) (unscaled.signum() < 0 ? -1 : 0));
    System.arraycopy(shortest, 0, fixed, fixed.length - shortest.length, shortest.length);
    return new GenericData.Fixed(as, fixed);
  }
}
