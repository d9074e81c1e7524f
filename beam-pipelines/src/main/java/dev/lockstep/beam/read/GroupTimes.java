package dev.lockstep.beam.read;

import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.SourcePlan;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Between which times the rows of a row group lie (C1), as far as the footer tells: bounds in
 * microseconds, each null where it isn't known. A row without a time, or with a record timestamp
 * that can't be meant, which is a dead letter, makes them unknown.
 */
public record GroupTimes(
    @Nullable Long minEventTime,
    @Nullable Long maxEventTime,
    @Nullable Long minAvailableAt,
    @Nullable Long maxAvailableAt) {

  static GroupTimes of(SourcePlan source, HistoryColumns columns, BlockMetaData group) {
    TimeBounds event =
        source.eventTimeColumn() < 0
            ? TimeBounds.exactly(Long.MIN_VALUE)
            : planned(source, source.eventTimeColumn(), columns, group);
    TimeBounds recorded =
        columns.recordTimestamp() < 0
            ? TimeBounds.NOTHING
            : TimeBounds.of(columns.columns().get(columns.recordTimestamp()), group);
    if (!recorded.areRecordTimes()) {
      return new GroupTimes(null, null, null, null);
    }
    TimeBounds available =
        source.availableAtColumn() >= 0
            ? planned(source, source.availableAtColumn(), columns, group).orLater(recorded)
            : source.table() ? event : recorded.orElse(event);
    return new GroupTimes(
        event.nulls() ? null : event.min(),
        event.nulls() ? null : event.max(),
        available.nulls() ? null : available.min(),
        available.nulls() ? null : available.max());
  }

  /** The bounds of one of the plan's columns; unknown if a function computes it. */
  private static TimeBounds planned(
      SourcePlan source, int index, HistoryColumns columns, BlockMetaData group) {
    ColumnPlan planned = source.columns().get(index);
    if (planned.computed() != null) {
      return TimeBounds.UNKNOWN;
    }
    String name = source.schema().components().get(planned.component()).fieldName();
    return columns.columns().stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .map(c -> TimeBounds.of(c, group))
        .orElse(TimeBounds.UNKNOWN);
  }
}
