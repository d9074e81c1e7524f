package dev.lockstep.kernel;

import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.time.RecordTimes;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import org.jspecify.annotations.Nullable;

/**
 * The rules of time of one source (C1, C4, C13), applied to one event at a time: the only place
 * that decides when an event is available, whether it is late, and whether it can be used at all.
 */
public final class Admission {
  /** What to give as record timestamp in history that carries none. */
  public static final long NO_RECORD_TIMESTAMP = Long.MIN_VALUE;

  private final SourcePlan source;

  public Admission(SourcePlan source) {
    this.source = source;
  }

  /**
   * Places an event in time.
   *
   * @param values the source's columns
   * @param recordTimestampMicros the Kafka record's, or {@link #NO_RECORD_TIMESTAMP}
   * @param position the sequence where the source declares none: a packed (partition, offset), or 0
   * @param ingestedAtMicros see {@link SourceRow#ingestedAtMicros}
   * @throws DataException if the event has no id, no event time, or one too far ahead, or a record
   *     timestamp that can't be meant
   */
  public SourceRow admit(
      Values values, long recordTimestampMicros, long position, long ingestedAtMicros) {
    boolean recorded = recordTimestampMicros != NO_RECORD_TIMESTAMP && !source.asOfEventTime();
    if (recorded) {
      checkRecordTime(Micros.toMillis(recordTimestampMicros));
    }
    long eventTime =
        source.eventTimeColumn() < 0
            ? Long.MIN_VALUE // a static table: in effect always
            : required(values, source.eventTimeColumn(), "event time");
    long availableAt;
    if (source.availableAtColumn() >= 0) {
      availableAt = required(values, source.availableAtColumn(), "available at");
      if (recorded) {
        availableAt = Math.max(availableAt, recordTimestampMicros);
      }
    } else {
      availableAt = recorded && !source.table() ? recordTimestampMicros : eventTime;
    }
    long reference = recorded ? recordTimestampMicros : availableAt;
    checkSkew(eventTime, reference, recorded ? "its record timestamp " : "its availability ");
    long sequence =
        source.sequenceColumn() < 0
            ? position
            : required(values, source.sequenceColumn(), "sequence");
    return new SourceRow(
        source.index(), eventTime, availableAt, sequence, id(values), values, ingestedAtMicros);
  }

  /** C5: a record timestamp that nobody's clock gave is a data error. */
  private static void checkRecordTime(long millis) {
    if (!RecordTimes.canBeMeant(millis)) {
      throw new DataException(RecordTimes.problem(millis));
    }
  }

  /** C4: an event time beyond the clock skew is a data error. */
  void checkSkew(long eventTime, long reference, String what) {
    if (!source.table() && eventTime > Micros.plusSaturating(reference, source.clockSkewMicros())) {
      throw new DataException(
          "event time "
              + Micros.toInstant(eventTime)
              + " is further than the declared clock skew ahead of "
              + what
              + Micros.toInstant(reference));
    }
  }

  /** Whether an admitted event goes to the late output (C4). */
  public boolean isLate(SourceRow row) {
    return !source.table()
        && Micros.minusSaturating(row.availableAtMicros(), row.eventTimeMicros())
            > source.latenessMicros();
  }

  private @Nullable String id(Values values) {
    int column = source.idColumn();
    if (column < 0) {
      return null;
    }
    if (values.isNull(column)) {
      throw new DataException("no id: [" + source.columns().get(column).name() + "] is null");
    }
    return idText(values, column);
  }

  /** An id that isn't null, as text. */
  static @Nullable String idText(Values values, int column) {
    return values.type(column) == ValueType.STRING
        ? values.getString(column)
        : Long.toString(values.getLong(column));
  }

  long required(Values values, int column, String what) {
    if (values.isNull(column)) {
      throw new DataException(
          "no " + what + ": [" + source.columns().get(column).name() + "] is null");
    }
    return values.getLong(column);
  }
}
