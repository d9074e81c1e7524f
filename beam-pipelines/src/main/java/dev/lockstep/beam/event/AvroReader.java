package dev.lockstep.beam.event;

import dev.lockstep.intake.EventReader;
import dev.lockstep.intake.FieldType;
import dev.lockstep.intake.Fields;
import dev.lockstep.kernel.DataException;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.WireException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro messages by the schema that wrote each: the fields that the plan needs become values,
 * all others are passed over. Not thread-safe.
 *
 * <p>Every length and count is held against the bytes that remain before room is made for it:
 * Avro's own decoder makes the room first, so that a message of twenty bytes that claims a text of
 * two billion ends the process.
 */
final class AvroReader implements EventReader {
  private static final int HEADER_BYTES = 10;

  /** The bytes of a decimal, whose text is made in the square of its length. */
  private static final int MOST_DECIMAL_BYTES = 416;

  private record Writer(String name, AvroValue record) {}

  private final WriterSchemas schemas;
  private final Fields fields;
  private final Map<Long, Writer> writers = new HashMap<>();
  private long lastFingerprint;
  private @Nullable Writer last;

  AvroReader(WriterSchemas schemas, Fields fields) {
    this.schemas = schemas;
    this.fields = fields;
  }

  @Override
  public void read(byte[] message, Fields into) {
    if (message.length < HEADER_BYTES) {
      throw new DataException(
          "an Avro message of " + message.length + " bytes, which ends within its header of 10");
    }
    ByteReader in = new ByteReader(message);
    in.skip(2);
    long fingerprint = in.readFixed64();
    Writer writer = last;
    if (writer == null || fingerprint != lastFingerprint) {
      writer = writer(fingerprint);
      last = writer;
      lastFingerprint = fingerprint;
    }
    try {
      for (AvroValue part : writer.record.parts) {
        value(part, in, into);
      }
      in.requireEnd("record");
    } catch (WireException e) {
      throw new DataException("no Avro of " + writer.name + ": " + e.getMessage(), e);
    }
  }

  private Writer writer(long fingerprint) {
    Writer known = writers.get(fingerprint);
    if (known != null) {
      return known;
    }
    Schema schema = schemas.find(fingerprint);
    String hex = WriterSchemas.hex(fingerprint);
    if (schema == null) {
      String own = schemas.ownName();
      throw new DataException(
          "an Avro message written by the schema "
              + hex
              + ", which isn't known"
              + (own == null ? "" : "; the record's own is " + own)
              + ": put the writer's schema, as a file that ends in .avsc, into the folder of"
              + " schemas");
    }
    if (schema.getType() != Schema.Type.RECORD) {
      throw new DataException(
          "an Avro message written by the schema "
              + hex
              + ", which is of a "
              + schema.getType().getName()
              + ": an event is a record");
    }
    Writer made = new Writer(schema.getFullName(), AvroValue.ofRecord(schema, fields));
    writers.put(fingerprint, made);
    return made;
  }

  private static void value(AvroValue value, ByteReader in, Fields into) {
    int field = value.field;
    if (field == AvroValue.NOT_NEEDED) {
      AvroSkip.skip(value, in, 0);
      return;
    }
    switch (value.kind) {
      case NULL -> into.nul(field);
      case BOOLEAN -> into.bool(field, in.readBoolean());
      case INT -> into.integer(field, AvroSkip.readInt(in));
      case LONG -> into.integer(field, in.readSigned());
      case FLOAT -> into.floating(field, Float.intBitsToFloat(in.readFixed32()));
      case DOUBLE -> into.floating(field, Double.longBitsToDouble(in.readFixed64()));
      case STRING -> text(field, in.readText(), into);
      case UNION -> value(AvroSkip.branch(value, in), in, into);
      case RECORD, ARRAY, MAP -> {
        String kind = value.kind.name().toLowerCase(Locale.ROOT);
        into.fault(field, into.type(field).mistyped("an Avro " + kind));
        AvroSkip.skip(value, in, 0);
      }
      case DATE, TIME_OF_DAY, MILLIS, MICROS, NANOS, LOCAL_MILLIS, LOCAL_MICROS, LOCAL_NANOS ->
          time(value, in, into);
      default -> other(value, in, into);
    }
  }

  private static void other(AvroValue value, ByteReader in, Fields into) {
    int field = value.field;
    switch (value.kind) {
      case UUID -> {
        String text = in.readText();
        text(field, text == null ? null : text.toLowerCase(Locale.ROOT), into);
      }
      case FIXED_UUID -> {
        ByteBuffer bytes = ByteBuffer.wrap(in.readBytes(value.size));
        into.text(field, new UUID(bytes.getLong(), bytes.getLong()).toString());
      }
      case ENUM -> {
        int index = AvroSkip.readInt(in);
        if (index < 0 || index >= value.symbols.size()) {
          throw new WireException(
              "symbol " + index + " of an enum that has " + value.symbols.size());
        }
        into.text(field, value.symbols.get(index));
      }
      case BYTES -> bytes(field, in.readBlob(), into);
      case FIXED -> bytes(field, in.readBytes(value.size), into);
      case DECIMAL -> decimal(field, in.readBlob(), value.scale, into);
      case FIXED_DECIMAL -> decimal(field, in.readBytes(value.size), value.scale, into);
      default -> throw new IllegalStateException("a value of kind " + value.kind);
    }
  }

  private static void time(AvroValue value, ByteReader in, Fields into) {
    int field = value.field;
    long number = value.size == Integer.BYTES ? AvroSkip.readInt(in) : in.readSigned();
    switch (value.kind) {
      case DATE -> into.day(field, number);
      case MILLIS -> into.instant(field, number, ChronoUnit.MILLIS);
      case MICROS -> into.instant(field, number, ChronoUnit.MICROS);
      case NANOS -> into.instant(field, number, ChronoUnit.NANOS);
      case LOCAL_MILLIS -> {
        long micros = number * Micros.PER_MILLI;
        if (Math.multiplyHigh(number, Micros.PER_MILLI) == micros >> 63) {
          into.localMicros(field, micros);
        } else {
          into.instant(field, number, ChronoUnit.MILLIS); // which refuses it
        }
      }
      case LOCAL_MICROS -> into.localMicros(field, number);
      case LOCAL_NANOS -> into.localMicros(field, Math.floorDiv(number, 1_000));
      default -> {
        if (into.type(field).type() == ValueType.INSTANT) {
          into.fault(field, into.type(field).mistyped("a time of day"));
        } else {
          into.integer(field, number);
        }
      }
    }
  }

  private static void text(int field, @Nullable String text, Fields into) {
    FieldType type = into.type(field);
    if (text == null) {
      into.fault(field, type.notUtf8());
    } else if (type.type() == ValueType.STRING) {
      into.decoded(field, text);
    } else {
      into.text(field, text);
    }
  }

  /** Bytes without a meaning are text, where text is expected. */
  private static void bytes(int field, byte[] bytes, Fields into) {
    FieldType type = into.type(field);
    if (type.type() != ValueType.STRING) {
      into.fault(field, type.mistyped("bytes"));
      return;
    }
    try {
      // Reports what isn't UTF-8, as a String's constructor doesn't.
      into.decoded(
          field, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      into.fault(field, type.notUtf8());
    }
  }

  private static void decimal(int field, byte[] unscaled, int scale, Fields into) {
    if (unscaled.length == 0 || unscaled.length > MOST_DECIMAL_BYTES) {
      into.fault(field, into.type(field).mistyped("a decimal of " + unscaled.length + " bytes"));
      return;
    }
    into.decimal(field, new BigDecimal(new BigInteger(unscaled), scale));
  }
}
