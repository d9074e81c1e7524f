package dev.lockstep.beam.event;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.intake.MessageReader;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.CopyOrder;
import dev.lockstep.plan.RecordReading;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.TimeRules;
import dev.lockstep.plan.TopicPromises;
import dev.lockstep.time.InstantReading;
import dev.lockstep.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The door of a record type for messages: of a source that reads all or some of its components. */
final class MessageDoor {
  final RecordSchema schema;
  final RowIntake intake;
  private final MessageReader reader;

  private MessageDoor(
      RecordSchema schema, InstantReading instants, List<String> needed, List<String> schemas) {
    this.schema = schema;
    List<ColumnPlan> columns = new ArrayList<>();
    for (int i = 0; i < schema.components().size(); i++) {
      RecordSchema.Component c = schema.components().get(i);
      if (needed.isEmpty() || needed.contains(c.name())) {
        columns.add(new ColumnPlan(c.name(), c.type(), i, null, List.of(), c.width()));
      }
    }
    SourcePlan source =
        new SourcePlan(
            0,
            "events",
            "events",
            false,
            new RecordReading(schema, instants),
            columns,
            -1,
            -1,
            -1,
            -1,
            -1,
            TimeRules.NONE,
            TopicPromises.NONE,
            false,
            new CopyOrder(List.of(), 0));
    this.intake = new RowIntake(source, null);
    this.reader = new MessageReader(intake, schemas);
  }

  static MessageDoor of(Class<?> type) {
    return of(type, List.of());
  }

  static MessageDoor of(Class<?> type, List<String> schemas) {
    return new MessageDoor(RecordSchema.of(type), InstantReading.DEFAULT, List.of(), schemas);
  }

  static MessageDoor of(Class<?> type, InstantReading instants, List<String> schemas) {
    return new MessageDoor(RecordSchema.of(type), instants, List.of(), schemas);
  }

  static MessageDoor needing(Class<?> type, List<String> needed) {
    return new MessageDoor(RecordSchema.of(type), InstantReading.DEFAULT, needed, List.of());
  }

  Values read(byte[] message) {
    reader.read(message);
    return intake.values().copy();
  }

  Values json(String message) {
    return read(message.getBytes(StandardCharsets.UTF_8));
  }

  String refused(byte[] message) {
    return assertThrows(DataException.class, () -> read(message)).getMessage();
  }

  String refused(String message) {
    return refused(message.getBytes(StandardCharsets.UTF_8));
  }
}
