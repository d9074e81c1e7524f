package dev.lockstep.beam.event;

import dev.lockstep.plan.RecordSchema;
import dev.lockstep.value.Decimals;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * The Avro schema by which we write a record type: a field a component, nullable where the
 * component is. Others may write by schemas of their own ({@link SchemaFolder}).
 *
 * <p>A decimal is Avro's {@code decimal(19, 6)} on bytes.
 */
public final class EventSchema {
  private EventSchema() {}

  /**
   * The schema of a record type.
   *
   * @throws IllegalArgumentException if a field's name is none that Avro has
   */
  public static Schema of(RecordSchema record) {
    try {
      var fields =
          SchemaBuilder.record(record.recordType().getSimpleName())
              .namespace(record.recordType().getPackageName())
              .fields();
      for (RecordSchema.Component component : record.components()) {
        Schema type = typeOf(component);
        if (component.nullable()) {
          Schema union = Schema.createUnion(Schema.create(Schema.Type.NULL), type);
          fields = fields.name(component.fieldName()).type(union).withDefault(null);
        } else {
          fields = fields.name(component.fieldName()).type(type).noDefault();
        }
      }
      return fields.endRecord();
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException(
          record.recordType().getSimpleName()
              + " can't be written as Avro: "
              + e.getMessage()
              + "; Avro's names are letters, digits and _",
          e);
    }
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
