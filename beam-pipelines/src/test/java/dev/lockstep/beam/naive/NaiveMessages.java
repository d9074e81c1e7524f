package dev.lockstep.beam.naive;

import dev.lockstep.beam.naive.Fault.Thrown;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Rows of messages: one JSON object, or Avro's single-object encoding by the writer's schema.
 *
 * <p>Decided here: a first byte 0 is a schema id's framing; C3 01 is Avro; all else is JSON, of
 * which bytes that are no UTF-8 are a fault of the field whose text has them. An envelope is an
 * object without any of the record's fields that has {@code payload}, or {@code op} beside {@code
 * before} or {@code after}, or {@code specversion} beside {@code data}. Avro fields are found by
 * name in the writer's schema; bytes are text's UTF-8; a decimal has a byte at least.
 */
public final class NaiveMessages {
  private static final int MOST_BYTES = 1 << 20;
  private static final List<Set<String>> ENVELOPES =
      List.of(
          Set.of("payload"),
          Set.of("op", "before"),
          Set.of("op", "after"),
          Set.of("specversion", "data"));

  private final NaiveDoor door;
  private final Map<Long, Schema> writers = new HashMap<>();

  public NaiveMessages(NaiveDoor door, List<Schema> writers) {
    this.door = door;
    for (Schema writer : writers) {
      this.writers.put(SchemaNormalization.parsingFingerprint64(writer), writer);
    }
  }

  public NaiveRow read(byte[] message) {
    try {
      if (message.length == 0 || message.length > MOST_BYTES) {
        throw new Thrown(Cause.DOCUMENT, message.length + " bytes");
      }
      if (message[0] == 0) {
        throw new Thrown(Cause.FRAMING, "a schema id");
      }
      boolean avro = message.length > 1 && (message[0] & 0xFF) == 0xC3 && message[1] == 1;
      return avro ? avro(message) : json(message);
    } catch (Thrown e) {
      return NaiveRow.of(e.in(""));
    }
  }

  private NaiveRow json(byte[] message) throws Thrown {
    Map<String, Seen> fields = NaiveJsonParser.object(NaiveText.marked(message));
    boolean ours =
        door.source().record().components().stream().anyMatch(c -> fields.containsKey(c.column()));
    if (!ours && ENVELOPES.stream().anyMatch(names -> fields.keySet().containsAll(names))) {
      throw new Thrown(Cause.FRAMING, "an envelope");
    }
    return door.row(c -> fields.getOrDefault(c.column(), new Seen.Nothing()));
  }

  private NaiveRow avro(byte[] message) throws Thrown {
    if (message.length < 10) {
      throw new Thrown(Cause.DOCUMENT, "Avro's header breaks off");
    }
    long fingerprint =
        ByteBuffer.wrap(message, 2, 8).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong();
    Schema writer = writers.get(fingerprint);
    if (writer == null) {
      throw new Thrown(Cause.FRAMING, "an unknown schema");
    }
    GenericRecord record;
    try {
      BinaryDecoder in = DecoderFactory.get().binaryDecoder(message, 10, message.length - 10, null);
      record = new GenericDatumReader<GenericRecord>(writer).read(null, in);
      if (!in.isEnd()) {
        throw new Thrown(Cause.DOCUMENT, "more behind the record");
      }
    } catch (IOException | RuntimeException e) {
      throw new Thrown(Cause.DOCUMENT, "no record: " + e);
    }
    return door.row(
        c -> {
          Schema.Field field = writer.getField(c.column());
          return field == null
              ? new Seen.Nothing()
              : cell(branch(field.schema(), record.get(field.pos())), record.get(field.pos()));
        });
  }

  private static Schema branch(Schema schema, Object value) {
    if (!schema.isUnion()) {
      return schema;
    }
    return schema
        .getTypes()
        .get(org.apache.avro.generic.GenericData.get().resolveUnion(schema, value));
  }

  private static Seen cell(Schema schema, Object value) {
    LogicalType logical = schema.getLogicalType();
    String name = schema.getProp("logicalType") == null ? "" : schema.getProp("logicalType");
    return switch (schema.getType()) {
      case NULL -> new Seen.Nothing();
      case BOOLEAN -> new Seen.Bool((Boolean) value);
      case INT ->
          name.equals("date") ? new Seen.Day((Integer) value) : Seen.Exact.of((Integer) value);
      case LONG -> number((Long) value, name);
      case FLOAT -> new Seen.Real((Float) value);
      case DOUBLE -> new Seen.Real((Double) value);
      case STRING ->
          new Seen.Bytes(
              value instanceof Utf8 utf8
                  ? java.util.Arrays.copyOf(utf8.getBytes(), utf8.getByteLength())
                  : value.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      case ENUM -> new Seen.Text(value.toString());
      case BYTES -> {
        byte[] bytes = new byte[((ByteBuffer) value).remaining()];
        ((ByteBuffer) value).duplicate().get(bytes);
        yield logical instanceof LogicalTypes.Decimal d
            ? decimal(bytes, d.getScale())
            : new Seen.Bytes(bytes);
      }
      case FIXED -> {
        byte[] bytes = ((GenericFixed) value).bytes();
        if (name.equals("uuid") && bytes.length == 16) {
          ByteBuffer halves = ByteBuffer.wrap(bytes);
          yield new Seen.Text(new UUID(halves.getLong(), halves.getLong()).toString());
        }
        yield logical instanceof LogicalTypes.Decimal d
            ? decimal(bytes, d.getScale())
            : new Seen.Composite("fixed");
      }
      default -> new Seen.Composite(schema.getType().getName());
    };
  }

  private static Seen number(long value, String logical) {
    return switch (logical) {
      case "timestamp-millis" -> stamp(value, 1_000_000, false);
      case "timestamp-micros" -> stamp(value, 1_000, false);
      case "timestamp-nanos" -> stamp(value, 1, false);
      case "local-timestamp-millis" -> stamp(value, 1_000_000, true);
      case "local-timestamp-micros" -> stamp(value, 1_000, true);
      case "local-timestamp-nanos" -> stamp(value, 1, true);
      default -> Seen.Exact.of(value);
    };
  }

  private static Seen stamp(long value, long nanos, boolean local) {
    return new Seen.Stamp(BigInteger.valueOf(value).multiply(BigInteger.valueOf(nanos)), local);
  }

  private static Seen decimal(byte[] bytes, int scale) {
    return bytes.length == 0
        ? new Seen.Composite("decimal without bytes")
        : new Seen.Exact(new BigDecimal(new BigInteger(bytes), scale));
  }
}
