package dev.lockstep.beam.read;

import dev.lockstep.kernel.DataException;
import dev.lockstep.time.Micros;
import dev.lockstep.time.RecordTimes;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.jspecify.annotations.Nullable;

/**
 * Between which microseconds the times of a column lie in a row group, as its statistics say.
 *
 * @param nulls whether some may be null
 * @param min null if unknown; greater than {@code max} if all are null
 * @param max null if unknown
 */
record TimeBounds(boolean nulls, @Nullable Long min, @Nullable Long max) {
  static final TimeBounds UNKNOWN = new TimeBounds(true, null, null);

  /** Those of nothing but nulls. */
  static final TimeBounds NOTHING = new TimeBounds(true, Long.MAX_VALUE, Long.MIN_VALUE);

  static TimeBounds exactly(long micros) {
    return new TimeBounds(false, micros, micros);
  }

  static TimeBounds of(HistoryColumn column, BlockMetaData group) {
    Values fromPath = column.fromPath();
    if (column.type() != ValueType.INSTANT) {
      return UNKNOWN;
    }
    if (fromPath != null) {
      return fromPath.isNull(0) ? NOTHING : exactly(fromPath.bits(0));
    }
    if (column.isMissing()) {
      return NOTHING;
    }
    return group.getColumns().stream()
        .filter(c -> c.getPath().size() == 1 && c.getPath().toArray()[0].equals(column.name()))
        .findFirst()
        .map(c -> of(c.getStatistics(), column, group.getRowCount()))
        .orElse(UNKNOWN);
  }

  private static TimeBounds of(
      @Nullable Statistics<?> statistics, HistoryColumn column, long rows) {
    if (statistics == null || statistics.isEmpty()) {
      return UNKNOWN;
    }
    if (!statistics.hasNonNullValue()) {
      return statistics.isNumNullsSet() && statistics.getNumNulls() == rows ? NOTHING : UNKNOWN;
    }
    if (!(statistics instanceof LongStatistics times)
        || !(column.inFile().getLogicalTypeAnnotation()
            instanceof TimestampLogicalTypeAnnotation written)
        || !keepsOrder(column, written)) {
      return UNKNOWN; // of numbers, text and the like
    }
    boolean nulls = !statistics.isNumNullsSet() || statistics.getNumNulls() != 0;
    try {
      long min = micros(times.getMin(), column, written);
      long max = micros(times.getMax(), column, written);
      return min <= max ? new TimeBounds(nulls, min, max) : UNKNOWN;
    } catch (DataException e) {
      return UNKNOWN; // said when it is read
    }
  }

  /** Local times don't, where clocks are moved: those that are left out are moved forward. */
  private static boolean keepsOrder(HistoryColumn column, TimestampLogicalTypeAnnotation written) {
    return written.isAdjustedToUTC() || column.field().instants().zone().getRules().isFixedOffset();
  }

  private static long micros(
      long time, HistoryColumn column, TimestampLogicalTypeAnnotation written) {
    long micros = column.field().ofInstant(time, NumberConversions.unit(written.getUnit()));
    return written.isAdjustedToUTC() ? micros : column.field().ofLocalMicros(micros);
  }

  /** Whether each that isn't null can be meant as a record timestamp (C5); false if in doubt. */
  boolean areRecordTimes() {
    if (this == NOTHING) {
      return true;
    }
    return min != null
        && max != null
        && RecordTimes.canBeMeant(Micros.toMillis(min))
        && RecordTimes.canBeMeant(Micros.toMillis(max));
  }

  /** Of each row the later of two times, or this one where the other is null. */
  TimeBounds orLater(TimeBounds other) {
    Long later = other.nulls || min == null || other.min == null ? min : greater(min, other.min);
    return new TimeBounds(
        nulls, later, max == null || other.max == null ? null : greater(max, other.max));
  }

  /** Of each row this time, or the other where this one is null. */
  TimeBounds orElse(TimeBounds other) {
    if (!nulls) {
      return this;
    }
    return new TimeBounds(
        other.nulls,
        min == null || other.min == null ? null : Long.valueOf(Math.min(min, other.min)),
        max == null || other.max == null ? null : greater(max, other.max));
  }

  private static Long greater(Long a, Long b) {
    return Math.max(a, b);
  }
}
