package dev.lockstep.beam.coder;

import dev.lockstep.plan.RecordSchema;
import dev.lockstep.time.Micros;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a record of one type, component by component; decoding goes through the canonical
 * constructor. Deterministic; instants are cut to whole microseconds, and every other component
 * comes back as it was, NaN included.
 *
 * <pre>
 * each component, in order: one byte, 0 for null; then
 *   BOOLEAN           one byte, 0 or 1
 *   LONG, INSTANT     zigzag varint; of a LocalDate its days since 1970-01-01
 *   DOUBLE            8 bytes, least first
 *   DECIMAL           zigzag varint scale, blob of the unscaled value, greatest byte first
 *   STRING            zigzag varint length, UTF-8; of an enum its constant's name
 * </pre>
 *
 * @param <T> the record type
 */
public final class RecordCoder<T> extends BlobCoder<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> recordType;
  private transient @Nullable RecordSchema schema;

  private RecordCoder(Class<T> recordType) {
    this.recordType = recordType;
    this.schema = RecordSchema.of(recordType);
  }

  /**
   * The coder of a record type.
   *
   * @throws IllegalArgumentException if it isn't a record, or a component's type can't be held
   */
  public static <T> RecordCoder<T> of(Class<T> recordType) {
    return new RecordCoder<>(recordType);
  }

  private RecordSchema schema() {
    RecordSchema known = schema;
    if (known == null) {
      known = RecordSchema.of(recordType);
      schema = known;
    }
    return known;
  }

  @Override
  void write(T value, ByteWriter out) {
    RecordSchema record = schema();
    for (int i = 0; i < record.components().size(); i++) {
      Object component = record.read(value, i);
      out.writeByte(component == null ? 0 : 1);
      if (component == null) {
        continue;
      }
      switch (record.components().get(i).type()) {
        case BOOLEAN -> out.writeByte((Boolean) component ? 1 : 0);
        case LONG -> out.writeSigned(((Number) component).longValue());
        case DOUBLE ->
            out.writeFixed64(Double.doubleToLongBits(((Number) component).doubleValue()));
        case DECIMAL -> {
          BigDecimal decimal = (BigDecimal) component;
          out.writeSigned(decimal.scale());
          out.writeBlob(decimal.unscaledValue().toByteArray());
        }
        case STRING ->
            out.writeString(component instanceof Enum<?> e ? e.name() : component.toString());
        case INSTANT ->
            out.writeSigned(
                component instanceof LocalDate date
                    ? date.toEpochDay()
                    : Micros.of((Instant) component));
      }
    }
  }

  @Override
  T read(ByteReader in) {
    List<RecordSchema.Component> components = schema().components();
    @Nullable Object[] values = new @Nullable Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      if (in.readByte() == 0) {
        continue;
      }
      values[i] =
          switch (components.get(i).type()) {
            case BOOLEAN -> in.readByte() != 0;
            case LONG -> in.readSigned();
            case DOUBLE -> Double.longBitsToDouble(in.readFixed64());
            case DECIMAL -> decimal(in);
            case STRING -> in.readString();
            case INSTANT ->
                components.get(i).isDate()
                    ? LocalDate.ofEpochDay(in.readSigned())
                    : Micros.toInstant(in.readSigned());
          };
    }
    return recordType.cast(schema().newRecord(values));
  }

  private static BigDecimal decimal(ByteReader in) {
    int scale = (int) in.readSigned();
    return new BigDecimal(new BigInteger(in.readBlob()), scale);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordCoder<?> that && recordType.equals(that.recordType);
  }

  @Override
  public int hashCode() {
    return recordType.hashCode();
  }
}
