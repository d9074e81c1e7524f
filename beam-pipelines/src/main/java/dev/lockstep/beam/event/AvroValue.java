package dev.lockstep.beam.event;

import dev.lockstep.intake.Fields;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * How one value of a writer's schema is read: into a field, or passed over. Compiled once for each
 * schema; {@link AvroReader} follows it.
 */
final class AvroValue {
  /** The field of a value that nothing needs. */
  static final int NOT_NEEDED = -1;

  /** What stands in the bytes, and what it means. */
  enum Kind {
    NULL,
    BOOLEAN,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    STRING,
    /** Text in lower case. */
    UUID,
    BYTES,
    FIXED,
    /** Sixteen bytes that are a UUID. */
    FIXED_UUID,
    ENUM,
    DECIMAL,
    FIXED_DECIMAL,
    /** Days since the epoch. */
    DATE,
    TIME_OF_DAY,
    MILLIS,
    MICROS,
    NANOS,
    LOCAL_MILLIS,
    LOCAL_MICROS,
    LOCAL_NANOS,
    RECORD,
    ARRAY,
    MAP,
    UNION
  }

  final Kind kind;

  /** Where it goes, or {@link #NOT_NEEDED}. */
  final int field;

  /** Of a record its fields, of a union its branches, of an array or map its items. */
  AvroValue[] parts = {};

  /** Of an enum; else empty. */
  List<String> symbols = List.of();

  /** Of a fixed its bytes, of an int as a time of day 4, of a long as one 8. */
  int size;

  /** Of a decimal, the digits behind the point. */
  int scale;

  /** Whether it has no bytes, whatever it is: items like that can be counted without an end. */
  boolean empty;

  private AvroValue(Kind kind, int field) {
    this.kind = kind;
    this.field = field;
  }

  /** A writer's record, whose fields go where their names say. */
  static AvroValue ofRecord(Schema writer, Fields fields) {
    AvroValue value = new AvroValue(Kind.RECORD, NOT_NEEDED);
    Map<Schema, AvroValue> passedOver = new IdentityHashMap<>();
    value.parts =
        writer.getFields().stream()
            .map(f -> of(f.schema(), fields.indexOf(f.name()), passedOver))
            .toArray(AvroValue[]::new);
    return value;
  }

  private static AvroValue of(Schema schema, int field, Map<Schema, AvroValue> passedOver) {
    if (field == NOT_NEEDED) {
      AvroValue known = passedOver.get(schema);
      if (known != null) {
        return known; // also a record within itself
      }
    }
    AvroValue value = new AvroValue(kind(schema), field);
    if (field == NOT_NEEDED) {
      passedOver.put(schema, value);
    }
    value.fill(schema, passedOver);
    return value;
  }

  private void fill(Schema schema, Map<Schema, AvroValue> passedOver) {
    switch (schema.getType()) {
      case RECORD ->
          parts =
              parts(
                  schema.getFields().stream().map(Schema.Field::schema).toList(),
                  NOT_NEEDED,
                  passedOver);
      case ARRAY -> parts = parts(List.of(schema.getElementType()), NOT_NEEDED, passedOver);
      case MAP -> parts = parts(List.of(schema.getValueType()), NOT_NEEDED, passedOver);
      case UNION -> parts = parts(schema.getTypes(), field, passedOver);
      case ENUM -> symbols = List.copyOf(schema.getEnumSymbols());
      case FIXED -> size = schema.getFixedSize();
      case INT -> size = Integer.BYTES;
      case LONG -> size = Long.BYTES;
      default -> {}
    }
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      scale = decimal.getScale();
    }
    empty =
        switch (kind) {
          case NULL -> true;
          case FIXED -> size == 0;
          case RECORD -> {
            boolean all = true;
            for (AvroValue part : parts) {
              all &= part.empty;
            }
            yield all;
          }
          default -> false;
        };
  }

  private static AvroValue[] parts(
      List<Schema> schemas, int field, Map<Schema, AvroValue> passedOver) {
    List<AvroValue> parts = new ArrayList<>();
    schemas.forEach(s -> parts.add(of(s, field, passedOver)));
    return parts.toArray(AvroValue[]::new);
  }

  private static Kind kind(Schema schema) {
    // By name, since Avro's library knows fewer of them than there are.
    String logical = String.valueOf(schema.getProp("logicalType"));
    boolean decimal = schema.getLogicalType() instanceof LogicalTypes.Decimal;
    return switch (schema.getType()) {
      case NULL -> Kind.NULL;
      case BOOLEAN -> Kind.BOOLEAN;
      case INT ->
          switch (logical) {
            case "date" -> Kind.DATE;
            case "time-millis" -> Kind.TIME_OF_DAY;
            default -> Kind.INT;
          };
      case LONG -> ofLong(logical);
      case FLOAT -> Kind.FLOAT;
      case DOUBLE -> Kind.DOUBLE;
      case STRING -> logical.equals("uuid") ? Kind.UUID : Kind.STRING;
      case BYTES -> decimal ? Kind.DECIMAL : Kind.BYTES;
      case FIXED ->
          decimal
              ? Kind.FIXED_DECIMAL
              : logical.equals("uuid") && schema.getFixedSize() == 16
                  ? Kind.FIXED_UUID
                  : Kind.FIXED;
      case ENUM -> Kind.ENUM;
      case RECORD -> Kind.RECORD;
      case ARRAY -> Kind.ARRAY;
      case MAP -> Kind.MAP;
      case UNION -> Kind.UNION;
    };
  }

  private static Kind ofLong(String logical) {
    return switch (logical) {
      case "timestamp-millis" -> Kind.MILLIS;
      case "timestamp-micros" -> Kind.MICROS;
      case "timestamp-nanos" -> Kind.NANOS;
      case "local-timestamp-millis" -> Kind.LOCAL_MILLIS;
      case "local-timestamp-micros" -> Kind.LOCAL_MICROS;
      case "local-timestamp-nanos" -> Kind.LOCAL_NANOS;
      case "time-micros", "time-nanos" -> Kind.TIME_OF_DAY;
      default -> Kind.LONG;
    };
  }
}
