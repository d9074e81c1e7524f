package dev.lockstep.beam.door;

import dev.lockstep.beam.naive.NaiveRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Draws a writer's Avro schema of a record type, in another order, with more fields and with fewer,
 * and messages of it in the single-object encoding, at times broken.
 */
final class DrawnAvro {
  private final Draws draws;
  private final TimeUnit unit;
  private final Schema schema;

  /** What draws a value of each field. */
  private final Map<String, Supplier<Object>> values = new HashMap<>();

  DrawnAvro(Draws draws, NaiveRecord record, TimeUnit unit) {
    this.draws = draws;
    this.unit = unit;
    List<Schema.Field> fields = new ArrayList<>();
    for (NaiveRecord.Component component : record.components()) {
      Class<?> type = component.javaType();
      if (type.isPrimitive() || !draws.once(6)) {
        Schema field = of(component.column(), type);
        boolean nullable = type.isPrimitive() ? draws.once(6) : draws.once(2);
        fields.add(
            new Schema.Field(
                component.column(), nullable ? nullable(component.column(), field) : field));
      }
    }
    if (draws.once(2)) {
      fields.add(new Schema.Field("extra", Schema.createArray(Schema.create(Schema.Type.STRING))));
      values.put("extra", () -> List.of("a", "b"));
    }
    Collections.shuffle(fields, draws.random());
    schema = Schema.createRecord("Drawn", null, "other.writer", false, fields);
  }

  Schema schema() {
    return schema;
  }

  byte[] message() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long fingerprint = SchemaNormalization.parsingFingerprint64(schema) + (draws.once(60) ? 1 : 0);
    out.writeBytes(
        ByteBuffer.allocate(10)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 0xC3)
            .put((byte) 1)
            .putLong(fingerprint)
            .array());
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), values.get(field.name()).get());
    }
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (draws.once(40)) {
      out.write(draws.below(256));
    }
    byte[] whole = out.toByteArray();
    return draws.once(40) ? Arrays.copyOf(whole, whole.length - 1) : whole;
  }

  private Schema nullable(String name, Schema type) {
    Supplier<Object> value = values.get(name);
    values.put(name, () -> draws.once(8) ? null : value.get());
    Schema nothing = Schema.create(Schema.Type.NULL);
    return draws.once(2) ? Schema.createUnion(nothing, type) : Schema.createUnion(type, nothing);
  }

  private Schema of(String name, Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return field(name, Schema.create(Schema.Type.BOOLEAN), () -> draws.once(2));
    }
    if (type == String.class) {
      return draws.once(4)
          ? field(name, Schema.create(Schema.Type.BYTES), () -> ByteBuffer.wrap(draws.bytes()))
          : field(name, Schema.create(Schema.Type.STRING), () -> new Utf8(draws.bytes()));
    }
    if (type == Instant.class) {
      return instant(name);
    }
    if (type == LocalDate.class) {
      return draws.once(3)
          ? field(name, Schema.create(Schema.Type.STRING), draws::dayText)
          : field(
              name,
              LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)),
              () -> (int) draws.day().toEpochDay());
    }
    if (type == UUID.class) {
      return uuid(name);
    }
    if (type.isEnum()) {
      return constant(name, type);
    }
    if (type == BigDecimal.class) {
      return decimal(name);
    }
    if (type == double.class
        || type == Double.class
        || type == float.class
        || type == Float.class) {
      return switch (draws.below(4)) {
        case 0 -> field(name, Schema.create(Schema.Type.FLOAT), () -> (float) draws.real());
        case 1 -> field(name, Schema.create(Schema.Type.LONG), () -> draws.integer(60).longValue());
        default -> field(name, Schema.create(Schema.Type.DOUBLE), draws::real);
      };
    }
    int bits =
        type == byte.class || type == Byte.class
            ? 8
            : type == short.class || type == Short.class ? 16 : 32;
    return draws.once(2)
        ? field(name, Schema.create(Schema.Type.INT), () -> draws.integer(bits).intValue())
        : field(name, Schema.create(Schema.Type.LONG), () -> draws.integer(bits).longValue());
  }

  private Schema uuid(String name) {
    Schema text = Schema.create(Schema.Type.STRING);
    Schema fixed = LogicalTypes.uuid().addToSchema(Schema.createFixed("Id" + name, null, null, 16));
    return switch (draws.below(3)) {
      case 0 -> field(name, text, draws::uuidText);
      case 1 -> field(name, LogicalTypes.uuid().addToSchema(text), draws::uuidText);
      default ->
          field(
              name,
              fixed,
              () -> {
                UUID uuid = draws.uuid();
                return new GenericData.Fixed(
                    fixed,
                    ByteBuffer.allocate(16)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array());
              });
    };
  }

  private Schema constant(String name, Class<?> type) {
    if (draws.once(2)) {
      return field(
          name, Schema.create(Schema.Type.STRING), () -> new Utf8(draws.constantText(type)));
    }
    List<String> symbols = new ArrayList<>(List.of("NEWER"));
    Arrays.stream(type.getEnumConstants()).forEach(c -> symbols.add(((Enum<?>) c).name()));
    Schema theirs = Schema.createEnum("Tier" + name, null, null, symbols);
    return field(
        name,
        theirs,
        () ->
            new GenericData.EnumSymbol(
                theirs, symbols.get(draws.once(12) ? 0 : 1 + draws.below(symbols.size() - 1))));
  }

  private Schema instant(String name) {
    Schema number = Schema.create(Schema.Type.LONG);
    return switch (draws.below(5)) {
      case 0 -> field(name, number, this::bare);
      case 1 ->
          field(
              name,
              LogicalTypes.timestampMillis().addToSchema(number),
              () -> draws.instant().toEpochMilli());
      case 2 -> field(name, LogicalTypes.localTimestampMicros().addToSchema(number), this::micros);
      case 3 ->
          field(
              name,
              LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)),
              () -> draws.below(30_000));
      default -> field(name, LogicalTypes.timestampMicros().addToSchema(number), this::micros);
    };
  }

  private long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, draws.instant());
  }

  private long bare() {
    TimeUnit used = draws.once(12) ? TimeUnit.MILLISECONDS : unit;
    return used.convert(micros(), TimeUnit.MICROSECONDS);
  }

  private Schema decimal(String name) {
    int scale = draws.of(List.of(0, 2, 6, 9));
    if (draws.once(2)) {
      Schema bytes = LogicalTypes.decimal(30, scale).addToSchema(Schema.create(Schema.Type.BYTES));
      return field(
          name, bytes, () -> ByteBuffer.wrap(draws.decimal(scale).unscaledValue().toByteArray()));
    }
    Schema fixed =
        LogicalTypes.decimal(38, scale)
            .addToSchema(Schema.createFixed("Money" + name, null, null, 16));
    return field(
        name,
        fixed,
        () -> new GenericData.Fixed(fixed, padded(draws.decimal(scale).unscaledValue())));
  }

  private static byte[] padded(BigInteger unscaled) {
    byte[] bytes = unscaled.toByteArray();
    byte[] padded = new byte[16];
    Arrays.fill(padded, (byte) (unscaled.signum() < 0 ? -1 : 0));
    System.arraycopy(bytes, 0, padded, 16 - bytes.length, bytes.length);
    return padded;
  }

  private Schema field(String name, Schema type, Supplier<Object> value) {
    values.put(name, value);
    return type;
  }
}
