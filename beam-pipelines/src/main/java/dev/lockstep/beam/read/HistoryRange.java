package dev.lockstep.beam.read;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of a history matter, by their times: those available before {@code until}, unless
 * everything about them is earlier than {@code from}.
 *
 * <p>What is available from {@code until} on isn't known yet, whatever else may be wrong with it.
 * Versions of a table matter for all later times: a table's history has no {@code from}.
 *
 * @param fromMicros null for the history's beginning
 * @param untilMicros exclusive; null for its end
 */
public record HistoryRange(@Nullable Long fromMicros, @Nullable Long untilMicros) {
  /** The whole history. */
  public static final HistoryRange ALL = new HistoryRange(null, null);

  /** Whether no row of a row group matters, so that it needn't be read; false if in doubt. */
  public boolean canSkip(GroupTimes times) {
    return notYetKnown(times) || over(times);
  }

  private boolean notYetKnown(GroupTimes times) {
    return untilMicros != null
        && times.minAvailableAt() != null
        && times.minAvailableAt() >= untilMicros;
  }

  private boolean over(GroupTimes times) {
    return fromMicros != null
        && times.maxEventTime() != null
        && times.maxAvailableAt() != null
        && times.maxEventTime() < fromMicros
        && times.maxAvailableAt() < fromMicros;
  }
}
