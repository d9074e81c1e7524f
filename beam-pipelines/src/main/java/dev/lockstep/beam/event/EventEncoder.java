package dev.lockstep.beam.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Decimals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/** Writes events of one record type as {@link JsonFormat} and {@link AvroFormat} read them. */
public final class EventEncoder {
  /** How an event is written. */
  public enum Format {
    /** One JSON object: instants and days as ISO 8601 text, NaN and infinities as text. */
    JSON,
    /** Avro's single-object encoding of {@link EventSchema}. */
    AVRO
  }

  private final RecordSchema record;
  private final ObjectMapper mapper = new ObjectMapper();
  private final @Nullable BinaryMessageEncoder<GenericRecord> avro;
  private final @Nullable Schema schema;

  /**
   * An encoder of a record type.
   *
   * @throws IllegalArgumentException if Avro can't write it, and is to
   */
  public EventEncoder(RecordSchema record, Format format) {
    this.record = record;
    this.schema = format == Format.AVRO ? EventSchema.of(record) : null;
    this.avro = schema == null ? null : new BinaryMessageEncoder<>(GenericData.get(), schema);
  }

  /**
   * The bytes of an event.
   *
   * @throws ArithmeticException if a decimal has more than six digits behind the point, or a value
   *     doesn't fit
   */
  public byte[] encode(Object event) {
    try {
      return avro == null || schema == null ? json(event) : avro(event, avro, schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] json(Object event) throws IOException {
    ObjectNode node = mapper.createObjectNode();
    for (int i = 0; i < record.components().size(); i++) {
      String name = record.components().get(i).fieldName();
      Object value = record.read(event, i);
      if (value instanceof Instant || value instanceof LocalDate || value instanceof UUID) {
        node.put(name, value.toString());
      } else if (value instanceof Enum<?> constant) {
        node.put(name, constant.name());
      } else if (value instanceof BigDecimal decimal) {
        node.put(name, Decimals.toBigDecimal(Decimals.bitsOf(decimal)));
      } else {
        node.putPOJO(name, value);
      }
    }
    return mapper.writeValueAsBytes(node);
  }

  private byte[] avro(Object event, BinaryMessageEncoder<GenericRecord> avro, Schema schema)
      throws IOException {
    GenericRecord out = new GenericData.Record(schema);
    for (int i = 0; i < record.components().size(); i++) {
      out.put(i, avroValue(schema.getFields().get(i).schema(), record.read(event, i)));
    }
    var bytes = avro.encode(out);
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  private static @Nullable Object avroValue(Schema schema, @Nullable Object value) {
    if (value instanceof Enum<?> constant) {
      Schema ofEnum = schema.isUnion() ? schema.getTypes().get(1) : schema;
      return new GenericData.EnumSymbol(ofEnum, constant.name());
    }
    if (value instanceof BigDecimal decimal) {
      return ByteBuffer.wrap(BigInteger.valueOf(Decimals.bitsOf(decimal)).toByteArray());
    }
    if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof Instant instant) {
      return Micros.of(instant);
    }
    if (value instanceof LocalDate date) {
      return Math.toIntExact(date.toEpochDay());
    }
    return value instanceof UUID ? value.toString() : value;
  }
}
