package dev.lockstep.testing;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.Ask;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The two clocks of an event (C1), and which events can't be used (C4, C13). */
final class NaiveAdmission {
  /** C5: the years that a record timestamp can be of. */
  private static final long FIRST_MICROS = micros("1990-01-01T00:00:00Z");

  /** C7: of a part of a key, and of an id. */
  private static final int MOST_CHARACTERS = 4_096;

  private static final long END_MICROS = micros("2100-01-01T00:00:00Z");

  private final FeaturePlan plan;

  NaiveAdmission(FeaturePlan plan) {
    this.plan = plan;
  }

  /** The event with its place in time; empty where it is a data error (C13). */
  Optional<SourceRow> admitted(RecordedEvent event) {
    SourcePlan source = plan.sources().get(event.source());
    Values values = NaiveRow.of(source, event.value()).orElse(null);
    if (values == null) {
      return Optional.empty();
    }
    Long eventTime = micros(values, source.eventTimeColumn());
    Long declared = micros(values, source.availableAtColumn());
    Long recorded =
        event.recordTimestampMicros() == RecordedEvent.NO_RECORD_TIMESTAMP || source.asOfEventTime()
            ? null
            : event.recordTimestampMicros();
    if (recorded != null && (recorded < FIRST_MICROS || recorded >= END_MICROS)) {
      return Optional.empty();
    }
    if (source.table() && source.eventTimeColumn() < 0) {
      eventTime = Long.MIN_VALUE; // static: in effect always
    }
    if (eventTime == null || (declared == null && source.availableAtColumn() >= 0)) {
      return Optional.empty();
    }
    long available = available(source, eventTime, declared, recorded);
    if (recorded != null
        && difference(available, recorded) > source.times().availableAheadMicros()) {
      return Optional.empty();
    }
    long reference = recorded != null ? recorded : available;
    if (!source.table() && difference(eventTime, reference) > source.clockSkewMicros()) {
      return Optional.empty();
    }
    Object id = source.idColumn() < 0 ? null : values.get(source.idColumn());
    Object sequence =
        source.sequenceColumn() < 0
            ? (Object) event.position()
            : values.get(source.sequenceColumn());
    if (sequence == null
        || (id == null && source.idColumn() >= 0)
        || isLong(id)
        || hasLongKey(source, values)) {
      return Optional.empty();
    }
    return Optional.of(
        new SourceRow(
            event.source(),
            eventTime,
            available,
            (Long) sequence,
            id == null ? null : id.toString(),
            values,
            0));
  }

  /**
   * C15: a row of a spine, given as a record of the requests' type; empty where it is a data error.
   *
   * @param columns the components that the spine has; the others count as null
   */
  Optional<SourceRow> asked(Record row, Set<String> columns) {
    SourcePlan source = plan.requestSource();
    Values read = NaiveRow.of(source, row).orElse(null);
    if (read == null) {
      return Optional.empty();
    }
    Values values = source.newRow();
    for (int i = 0; i < values.size(); i++) {
      if (columns.contains(source.columns().get(i).name())) {
        values.set(i, read.get(i));
      }
    }
    Long eventTime = micros(values, source.eventTimeColumn());
    int availability = source.availableAtColumn();
    boolean says = availability >= 0 && columns.contains(source.columns().get(availability).name());
    Long available = says ? micros(values, availability) : eventTime;
    if (eventTime == null
        || available == null
        || difference(eventTime, available) > source.clockSkewMicros()
        || hasLongKey(source, values)) {
      return Optional.empty();
    }
    Object id = source.idColumn() < 0 ? null : values.get(source.idColumn());
    return Optional.of(
        new SourceRow(
            source.index(),
            eventTime,
            available,
            Long.MIN_VALUE,
            id == null ? null : id.toString(),
            values,
            0));
  }

  /** C7: whether a part of one of the row's keys, as event or as request, is too long. */
  private boolean hasLongKey(SourcePlan source, Values values) {
    Set<Integer> columns = new HashSet<>();
    for (Branch branch : plan.branches()) {
      if (!(branch instanceof LabelPlan) && branch.source() == source.index()) {
        columns.addAll(branch.eventKey());
      }
    }
    for (Ask ask : plan.asks()) {
      boolean ofLabel = plan.branchOf(ask) instanceof LabelPlan;
      if (!ofLabel && ask.level() == 0 && source.index() == plan.requestSource().index()) {
        columns.addAll(ask.columns());
      }
    }
    return columns.stream().anyMatch(column -> isLong(values.get(column)));
  }

  private static boolean isLong(@Nullable Object keyOrId) {
    return keyOrId instanceof String text && text.length() > MOST_CHARACTERS;
  }

  /** C1: the later of the source's own time and the record timestamp, where there are both. */
  private static long available(
      SourcePlan source, long eventTime, @Nullable Long declared, @Nullable Long recorded) {
    if (declared != null) {
      return recorded == null ? declared : Math.max(declared, recorded);
    }
    return recorded == null || source.table() ? eventTime : recorded;
  }

  private static long micros(String instant) {
    return Micros.of(Instant.parse(instant));
  }

  private static @Nullable Long micros(Values values, int column) {
    Object value = column < 0 ? null : values.get(column);
    return value == null ? null : (Long) Micros.of((Instant) value);
  }

  /** C4: available more than the lateness after it happened. */
  boolean isLate(SourceRow row) {
    SourcePlan source = plan.sources().get(row.source());
    return !source.table()
        && difference(row.availableAtMicros(), row.eventTimeMicros()) > source.latenessMicros();
  }

  /** a - b, held at the ends of the range. */
  private static long difference(long a, long b) {
    BigInteger exact = BigInteger.valueOf(a).subtract(BigInteger.valueOf(b));
    return exact
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .max(BigInteger.valueOf(Long.MIN_VALUE))
        .longValue();
  }
}
