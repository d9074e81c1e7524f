package dev.lockstep.beam.event;

import dev.lockstep.plan.RecordSchema;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** The Avro schema of a record type: a field a component, nullable where the component is. */
public final class EventSchema {
  private EventSchema() {}

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
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case STRING -> Schema.create(Schema.Type.STRING);
      case INSTANT -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    };
  }
}
