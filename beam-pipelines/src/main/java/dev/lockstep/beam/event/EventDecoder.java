package dev.lockstep.beam.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.WireException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads events of one record type from bytes: a JSON object, or Avro's single-object encoding,
 * which its first two bytes tell apart.
 *
 * <p>In JSON an instant is ISO 8601 text or a number of microseconds since the epoch; a missing
 * field is null; unknown fields are ignored. A decimal is a number or its text, read exactly.
 * Whatever can't be read is a {@link DataException} that names the field.
 */
public final class EventDecoder {
  /** Larger messages are refused: an event is a fact, not a document. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int AVRO_MARKER = 0xC3;
  private static final int AVRO_VERSION = 0x01;

  /** As many as a JSON number may have; text is read in the square of its length. */
  private static final int MOST_DECIMAL_DIGITS = 1_000;

  private final RecordSchema record;
  private final ObjectMapper mapper;
  private final Schema schema;

  /** By the fingerprint of the writer's schema. */
  private final Map<Long, GenericDatumReader<GenericRecord>> avro = new HashMap<>();

  public EventDecoder(RecordSchema record) {
    this.record = record;
    this.mapper =
        new ObjectMapper(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(16)
                        .maxStringLength(MAX_BYTES)
                        .build())
                .build());
    if (record.components().stream().anyMatch(c -> c.type() == ValueType.DECIMAL)) {
      // The number as it was written; a double would have rounded it.
      mapper.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }
    this.schema = EventSchema.of(record);
    addWriterSchema(schema);
  }

  /**
   * Lets Avro messages of another version of the schema be read, where it resolves to ours.
   *
   * @throws IllegalArgumentException if it writes decimals of another scale
   */
  public void addWriterSchema(Schema writer) {
    EventSchema.requireSameScale(record, writer);
    avro.put(
        SchemaNormalization.parsingFingerprint64(writer), new GenericDatumReader<>(writer, schema));
  }

  /**
   * The event.
   *
   * @throws DataException if the bytes are null, too many, or no event of this type
   */
  public Object decode(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length == 0) {
      throw new DataException("an empty message");
    }
    if (bytes.length > MAX_BYTES) {
      throw new DataException("a message of " + bytes.length + " bytes, over " + MAX_BYTES);
    }
    @Nullable Object[] values = (bytes[0] & 0xFF) == AVRO_MARKER ? avro(bytes) : json(bytes);
    try {
      return record.newRecord(values);
    } catch (RuntimeException e) {
      // A null or number that doesn't fit, or what the record's own constructor refuses.
      throw new DataException(
          e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
    }
  }

  private @Nullable Object[] json(byte[] bytes) {
    JsonNode node;
    try {
      node = mapper.readTree(bytes);
    } catch (IOException e) {
      throw new DataException("not JSON: " + firstLine(e), e);
    }
    if (node == null || !node.isObject()) {
      throw new DataException("not a JSON object");
    }
    @Nullable Object[] values = new @Nullable Object[record.components().size()];
    for (int i = 0; i < values.length; i++) {
      RecordSchema.Component component = record.components().get(i);
      values[i] = jsonValue(component, node.get(component.name()));
    }
    return values;
  }

  private static @Nullable Object jsonValue(
      RecordSchema.Component component, @Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    }
    switch (component.type()) {
      case BOOLEAN -> {
        if (node.isBoolean()) {
          return node.booleanValue();
        }
      }
      case LONG -> {
        if (node.canConvertToExactIntegral() && node.canConvertToLong()) {
          return node.longValue();
        }
      }
      case DOUBLE -> {
        if (node.isNumber()) {
          return node.doubleValue();
        }
      }
      case DECIMAL -> {
        return decimal(component, node);
      }
      case STRING -> {
        if (node.isTextual()) {
          return node.textValue();
        }
      }
      case INSTANT -> {
        return instant(component, node);
      }
    }
    throw mistyped(component.name(), component.type(), node);
  }

  private static BigDecimal decimal(RecordSchema.Component component, JsonNode node) {
    String text = node.isTextual() ? node.textValue() : "";
    if (!node.isNumber() && (text.isEmpty() || text.length() > MOST_DECIMAL_DIGITS)) {
      throw mistyped(component.name(), component.type(), node);
    }
    try {
      return fitting(component, node.isNumber() ? node.decimalValue() : new BigDecimal(text));
    } catch (NumberFormatException e) {
      throw new DataException("field [" + component.name() + "] is no decimal: " + text, e);
    }
  }

  private static BigDecimal decimal(RecordSchema.Component component, ByteBuffer unscaled) {
    byte[] bytes = new byte[unscaled.remaining()];
    unscaled.duplicate().get(bytes);
    if (bytes.length == 0 || bytes.length > MOST_DECIMAL_DIGITS) {
      throw new DataException(
          "field [" + component.name() + "] is a decimal of " + bytes.length + " bytes");
    }
    return fitting(component, new BigDecimal(new BigInteger(bytes), Decimals.SCALE));
  }

  private static BigDecimal fitting(RecordSchema.Component component, BigDecimal value) {
    try {
      return Decimals.toBigDecimal(Decimals.bitsOf(value));
    } catch (ArithmeticException e) {
      throw new DataException("field [" + component.name() + "]: " + e.getMessage(), e);
    }
  }

  private static Instant instant(RecordSchema.Component component, JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Micros.toInstant(node.longValue());
    }
    if (node.isTextual()) {
      try {
        Instant instant = Instant.parse(node.textValue());
        long unused = Micros.of(instant);
        return instant;
      } catch (ArithmeticException e) {
        throw new DataException(
            "field ["
                + component.name()
                + "] is beyond the range of microseconds: "
                + node.textValue(),
            e);
      } catch (DateTimeException e) {
        throw new DataException(
            "field [" + component.name() + "] is no ISO 8601 instant: " + node.textValue(), e);
      }
    }
    throw mistyped(component.name(), component.type(), node);
  }

  private static DataException mistyped(String field, ValueType type, JsonNode node) {
    return new DataException(
        "field [" + field + "] is " + node.getNodeType() + " where " + type + " is expected");
  }

  private @Nullable Object[] avro(byte[] bytes) {
    GenericRecord in;
    try {
      in = avroRecord(new ByteReader(bytes));
    } catch (IOException | RuntimeException e) {
      throw new DataException("not Avro of " + schema.getFullName() + ": " + firstLine(e), e);
    }
    @Nullable Object[] values = new @Nullable Object[record.components().size()];
    for (int i = 0; i < values.length; i++) {
      Object value = in.get(i);
      values[i] =
          switch (record.components().get(i).type()) {
            case STRING -> value == null ? null : value.toString();
            case INSTANT -> value == null ? null : Micros.toInstant((Long) value);
            case DECIMAL ->
                value == null ? null : decimal(record.components().get(i), (ByteBuffer) value);
            default -> value;
          };
    }
    return values;
  }

  private GenericRecord avroRecord(ByteReader in) throws IOException {
    if (in.readByte() != AVRO_MARKER || in.readByte() != AVRO_VERSION) {
      throw new WireException("it doesn't start with C3 01");
    }
    GenericDatumReader<GenericRecord> reader = avro.get(in.readFixed64());
    if (reader == null) {
      throw new WireException(
          "it is of an unknown schema; expected the fingerprint of " + schema.getFullName());
    }
    GenericRecord record = reader.read(null, new BoundedAvroDecoder(in));
    in.requireEnd(schema.getFullName());
    return record;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
