package dev.lockstep.beam.event;

import dev.lockstep.plan.RecordSchema;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.ValueType;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * The Avro schema of a record type: a field a component, nullable where the component is.
 *
 * <p>A decimal is Avro's {@code decimal(19, 6)} on bytes. The scale isn't in the bytes, nor in the
 * fingerprint that a message carries: producers must write six digits behind the point.
 */
public final class EventSchema {
  private EventSchema() {}

  /**
   * Refuses a writer's schema whose decimals have another scale: Avro would take their bytes for
   * millionths.
   *
   * @throws IllegalArgumentException naming the field and the cure
   */
  static void requireSameScale(RecordSchema record, Schema writer) {
    for (RecordSchema.Component component : record.components()) {
      Schema.Field field = writer.getField(component.name());
      if (component.type() != ValueType.DECIMAL || field == null) {
        continue;
      }
      List<Schema> written =
          field.schema().isUnion() ? field.schema().getTypes() : List.of(field.schema());
      for (Schema type : written) {
        boolean ours =
            type.getType() == Schema.Type.BYTES
                && type.getLogicalType() instanceof LogicalTypes.Decimal decimal
                && decimal.getScale() == Decimals.SCALE;
        if (type.getType() != Schema.Type.NULL && !ours) {
          throw new IllegalArgumentException(
              "field ["
                  + component.name()
                  + "] is written as "
                  + type
                  + ", and read as a decimal of scale "
                  + Decimals.SCALE
                  + ": write bytes of logical type decimal(19, 6)");
        }
      }
    }
  }

  public static Schema of(RecordSchema record) {
    var fields =
        SchemaBuilder.record(record.recordType().getSimpleName())
            .namespace(record.recordType().getPackageName())
            .fields();
    for (RecordSchema.Component component : record.components()) {
      Schema type = typeOf(component);
      if (component.nullable()) {
        Schema union = Schema.createUnion(Schema.create(Schema.Type.NULL), type);
        fields = fields.name(component.name()).type(union).withDefault(null);
      } else {
        fields = fields.name(component.name()).type(type).noDefault();
      }
    }
    return fields.endRecord();
  }

  private static Schema typeOf(RecordSchema.Component component) {
    return switch (component.type()) {
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case LONG -> Schema.create(Schema.Type.LONG);
      case DECIMAL ->
          LogicalTypes.decimal(Decimals.PRECISION, Decimals.SCALE)
              .addToSchema(Schema.create(Schema.Type.BYTES));
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case STRING -> Schema.create(Schema.Type.STRING);
      case INSTANT -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    };
  }
}
