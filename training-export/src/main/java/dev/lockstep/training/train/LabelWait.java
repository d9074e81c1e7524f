package dev.lockstep.training.train;

import dev.lockstep.plan.ColumnLabelPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.time.Micros;
import java.util.OptionalLong;

/**
 * How long after a request its label may still become known (L5): rows younger than that at a
 * part's start say what only the part's own time could tell.
 *
 * @param kind whether there is an end
 * @param micros the label's time and the lateness of its source; 0 unless bounded
 */
public record LabelWait(Kind kind, long micros) {

  /** Whether there is an end. */
  public enum Kind {
    /** The label is a field of the request: there is nothing to wait for. */
    AT_ONCE,
    /** There is an end. */
    BOUNDED,
    /** A label without {@code within}: an outcome may come at any time. */
    ENDLESS
  }

  /** Nothing to wait for. */
  public static final LabelWait NONE = new LabelWait(Kind.AT_ONCE, 0);

  /**
   * A plan's.
   *
   * @throws IllegalArgumentException if the plan has no label
   */
  public static LabelWait of(FeaturePlan plan) {
    LabelPlan label =
        plan.label().orElseThrow(() -> new IllegalArgumentException(plan.name() + " has no label"));
    if (label instanceof ColumnLabelPlan) {
      return NONE;
    }
    OptionalLong maturity = label.maturityMicros();
    return maturity.isEmpty()
        ? new LabelWait(Kind.ENDLESS, 0)
        : new LabelWait(Kind.BOUNDED, maturity.getAsLong());
  }

  /** By when the label of a request is known, as far as that can be said. */
  long knownByMicros(long eventTimeMicros) {
    return Micros.plusSaturating(eventTimeMicros, micros);
  }

  boolean isEndless() {
    return kind == Kind.ENDLESS;
  }
}
