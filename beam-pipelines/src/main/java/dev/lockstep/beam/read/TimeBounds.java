package dev.lockstep.beam.read;

import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
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
    if (fromPath != null) {
      return fromPath.isNull(0) ? NOTHING : exactly(fromPath.bits(0));
    }
    return group.getColumns().stream()
        .filter(c -> c.getPath().toDotString().equals(column.name()))
        .findFirst()
        .map(c -> of(c.getStatistics(), column.unit(), group.getRowCount()))
        .orElse(UNKNOWN);
  }

  private static TimeBounds of(@Nullable Statistics<?> statistics, TimeUnit unit, long rows) {
    if (!(statistics instanceof LongStatistics times) || times.isEmpty()) {
      return UNKNOWN;
    }
    if (!times.hasNonNullValue()) {
      return times.isNumNullsSet() && times.getNumNulls() == rows ? NOTHING : UNKNOWN;
    }
    boolean nulls = !times.isNumNullsSet() || times.getNumNulls() != 0;
    try {
      long min = micros(times.getMin(), unit);
      long max = micros(times.getMax(), unit);
      return min <= max ? new TimeBounds(nulls, min, max) : UNKNOWN;
    } catch (ArithmeticException e) {
      return UNKNOWN; // said when it is read
    }
  }

  private static long micros(long time, TimeUnit unit) {
    return switch (unit) {
      case MICROS -> time;
      case MILLIS -> Math.multiplyExact(time, Micros.PER_MILLI);
      case NANOS -> Math.floorDiv(time, 1_000L);
    };
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
