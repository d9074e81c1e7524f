package dev.lockstep.cli.replay;

import dev.lockstep.beam.event.RowEncoder;
import dev.lockstep.beam.read.HistoryReader;
import dev.lockstep.beam.read.HistoryRows;
import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.Consumer;

/** Makes the rows of one source's files events of a replay. */
final class EventRows {
  private final SourcePlan source;
  private final String topic;
  private final ReplayLog.Stretch stretch;
  private final LeftOut leftOut;
  private final RowEncoder encoder;
  private final Values row;

  EventRows(SourcePlan source, String topic, ReplayLog.Stretch stretch, LeftOut leftOut) {
    this.source = source;
    this.topic = topic;
    this.stretch = stretch;
    this.leftOut = leftOut;
    this.encoder = new RowEncoder(source.schema());
    this.row =
        new Values(
            source.schema().components().stream().map(RecordSchema.Component::type).toList());
  }

  /** What takes the rows of a file. */
  HistoryRows.Sink of(RowIntake door, int place, Consumer<ReplayEvent> into) {
    return new HistoryRows.Sink() {
      @Override
      public void row(String file, long rowInFile, long recordTimestampMicros, long position) {
        SourceRow admitted;
        try {
          // Without a position all are the first.
          admitted = door.admit(recordTimestampMicros, Math.max(position, 0), 0);
          if (!stretch.has(admitted.availableAtMicros())) {
            return;
          }
          door.requireKey(admitted);
        } catch (DataException e) {
          unreadable(file, rowInFile, e);
          return;
        }
        ReplayEvent.Place at =
            new ReplayEvent.Place(
                admitted.availableAtMicros(),
                admitted.sequence(),
                source.index(),
                place,
                rowInFile);
        into.accept(event(door, admitted, at, recordTimestampMicros, position));
      }

      @Override
      public void unreadable(String file, long rowInFile, DataException reason) {
        leftOut.add(source.name(), file, rowInFile, reason);
      }
    };
  }

  private ReplayEvent event(
      RowIntake door,
      SourceRow admitted,
      ReplayEvent.Place at,
      long recordTimestampMicros,
      long position) {
    String key = Objects.requireNonNullElse(admitted.id(), Long.toString(admitted.sequence()));
    boolean recorded = recordTimestampMicros != Admission.NO_RECORD_TIMESTAMP;
    BitSet there = door.copyRead(row);
    return new ReplayEvent(
        at,
        topic,
        key.getBytes(StandardCharsets.UTF_8),
        encoder.encode(row, there),
        admitted.eventTimeMicros(),
        Micros.toMillis(recorded ? recordTimestampMicros : admitted.availableAtMicros()),
        position == HistoryReader.NO_POSITION ? -1 : KnowledgePosition.partitionOf(position));
  }
}
