package dev.lockstep.beam.event;

import dev.lockstep.plan.RecordSchema;
import dev.lockstep.value.Decimals;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * The Avro schema by which we write a record type: a field a component, nullable where the
 * component is. Others may write by schemas of their own ({@link SchemaFolder}).
 *
 * <p>A decimal is Avro's {@code decimal(19, 6)} on bytes, a UUID its {@code uuid} on a string, a
 * LocalDate its {@code date}, an enum its enum.
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
      case STRING -> text(component);
      case INSTANT ->
          component.isDate()
              ? LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT))
              : LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    };
  }

  private static Schema text(RecordSchema.Component component) {
    if (component.isUuid()) {
      return LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING));
    }
    return component.isFreeText()
        ? Schema.create(Schema.Type.STRING)
        : enumOf(component.javaType(), component.constants());
  }

  private static Schema enumOf(Class<?> type, List<String> constants) {
    String name = type.getName().replace('$', '.');
    int dot = name.lastIndexOf('.');
    String namespace = dot < 0 ? "" : name.substring(0, dot);
    return Schema.createEnum(name.substring(dot + 1), null, namespace, constants);
  }
}
