package dev.lockstep.intake;

import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Values;
import org.jspecify.annotations.Nullable;

/**
 * The reading as of event time of a source that is read once more, as known, for the label (C16):
 * tells what that one rejects, so that no row is a dead letter twice. Not thread-safe.
 */
public final class FirstReading {
  private final SourcePlan first;
  private final Admission asOfEventTime;

  private FirstReading(SourcePlan first, SourcePlan again) {
    this.first = first;
    this.asOfEventTime = new Admission(again.ofEventTime());
  }

  /** The reading before that of a source; null where that one is the first. */
  public static @Nullable FirstReading of(FeaturePlan plan, SourcePlan source) {
    return plan.isReadAgain(source)
        ? new FirstReading(plan.source(source.name()).orElseThrow(), source)
        : null;
  }

  /**
   * Whether a row that the second reading's door just refused is one that the first refuses too.
   */
  public boolean refuses(RowIntake second) {
    Values values;
    try {
      values = second.values();
    } catch (DataException e) {
      return second.isFaultyTo(first);
    }
    try {
      asOfEventTime.admit(values, Admission.NO_RECORD_TIMESTAMP, 0, 0);
      return false;
    } catch (DataException e) {
      return true;
    }
  }
}
