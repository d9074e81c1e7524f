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
import dev.lockstep.time.RecordTimes;
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
          requireSendable(admitted, recordTimestampMicros);
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

  /**
   * Refuses a row that no Kafka record can carry: without a record timestamp of its own it is sent
   * with its availability (C1), which must be one that a clock could give (C5).
   */
  static void requireSendable(SourceRow admitted, long recordTimestampMicros) {
    long available = admitted.availableAtMicros();
    if (recordTimestampMicros == Admission.NO_RECORD_TIMESTAMP
        && !RecordTimes.canBeMeant(Micros.toMillis(available))) {
      throw new DataException(
          "available at "
              + Micros.toInstant(available)
              + ", which is no record timestamp within 1990 to 2100: a topic can't hold it");
    }
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
