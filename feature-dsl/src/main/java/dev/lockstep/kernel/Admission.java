package dev.lockstep.kernel;

import dev.lockstep.define.DurationText;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.time.RecordTimes;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
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
    if (recorded) {
      checkAhead(availableAt, recordTimestampMicros);
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

  /** C5: an availability beyond what the source says that it may be ahead is a data error. */
  private void checkAhead(long availableAt, long recordTimestamp) {
    long most = source.times().availableAheadMicros();
    if (availableAt > Micros.plusSaturating(recordTimestamp, most)) {
      throw new DataException(
          "["
              + source.columns().get(source.availableAtColumn()).name()
              + "] is "
              + (source.isSensitive(source.availableAtColumn())
                  ? "a value that isn't shown"
                  : Micros.toInstant(availableAt).toString())
              + ", which is further than the declared "
              + DurationText.inWords(Duration.of(most, ChronoUnit.MICROS))
              + " (availableAhead) ahead of its record timestamp "
              + Micros.toInstant(recordTimestamp));
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

  /**
   * Why an event goes to the late output (C4), with its figures; null for one that doesn't.
   *
   * <p>It shows no time of a column that is sensitive, nor how long it was.
   */
  public @Nullable String lateness(SourceRow row) {
    if (!isLate(row)) {
      return null;
    }
    int declared = source.availableAtColumn();
    boolean byItself =
        declared >= 0
            && !row.values().isNull(declared)
            && row.values().getLong(declared) == row.availableAtMicros();
    boolean shown =
        !source.isSensitive(source.eventTimeColumn())
            && !(byItself && source.isSensitive(declared));
    long late = Micros.minusSaturating(row.availableAtMicros(), row.eventTimeMicros());
    return "available "
        + (shown ? Micros.toInstant(row.availableAtMicros()) + " " : "")
        + "by "
        + (byItself ? "its " + source.columns().get(declared).name() : "its record timestamp")
        + ", "
        + (shown ? inWords(late, source.latenessMicros()) : "too long")
        + " after "
        + source.columns().get(source.eventTimeColumn()).name()
        + "; lateness "
        + inWords(source.latenessMicros(), late);
  }

  /** Exactly, where the other would be the same words. */
  private static String inWords(long micros, long other) {
    Duration duration = Duration.of(micros, ChronoUnit.MICROS);
    String words = DurationText.inWords(duration);
    return words.equals(DurationText.inWords(Duration.of(other, ChronoUnit.MICROS)))
        ? duration.toString()
        : words;
  }

  private @Nullable String id(Values values) {
    int column = source.idColumn();
    if (column < 0) {
      return null;
    }
    if (values.isNull(column)) {
      throw new DataException("no id: [" + source.columns().get(column).name() + "] is null");
    }
    String id = idText(values, column);
    EntityKeys.requireShort(id, source.columns().get(column).name(), "an id");
    return id;
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
