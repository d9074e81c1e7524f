package dev.lockstep.training.train;

import dev.lockstep.beam.write.LabelDelays;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.plan.ColumnLabelPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.time.Micros;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * How long after a request its label may still become known (L5): rows younger than that at a
 * part's start say what only the part's own time could tell.
 *
 * @param kind whether there is an end
 * @param micros the label's time and the lateness of its source; of a label without an end what
 *     99.9 % of the outcomes kept to, 0 if nobody saw; 0 for a field of the request
 * @param untilMicros who isn't known before this instant is too young to be learnt from; {@link
 *     Long#MAX_VALUE} where the training set has left out who is
 */
public record LabelWait(Kind kind, long micros, long untilMicros) {

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
  public static final LabelWait NONE = new LabelWait(Kind.AT_ONCE, 0, Long.MAX_VALUE);

  /** Of a label with an end. */
  static LabelWait bounded(long micros) {
    return new LabelWait(Kind.BOUNDED, micros, Long.MAX_VALUE);
  }

  /**
   * A training set's.
   *
   * @param plan the set's, with its label
   * @throws IllegalArgumentException if the plan has no label
   */
  public static LabelWait of(FeaturePlan plan, Manifest manifest) {
    LabelPlan label =
        plan.label().orElseThrow(() -> new IllegalArgumentException(plan.name() + " has no label"));
    if (label instanceof ColumnLabelPlan) {
      return NONE;
    }
    OptionalLong maturity = label.maturityMicros();
    return maturity.isPresent() ? bounded(maturity.getAsLong()) : seen(manifest);
  }

  private static LabelWait seen(Manifest manifest) {
    OptionalLong delay = LabelDelays.quantile(manifest.counts(), LabelDelays.MOST);
    Instant until = manifest.until() != null ? manifest.until() : manifest.lastEventTime();
    return delay.isEmpty() || until == null
        ? new LabelWait(Kind.ENDLESS, 0, Long.MAX_VALUE)
        : new LabelWait(Kind.ENDLESS, delay.getAsLong(), Micros.of(until));
  }

  /** By when the label of a request is known, as far as that can be said. */
  long knownByMicros(long eventTimeMicros) {
    return Micros.plusSaturating(eventTimeMicros, micros);
  }

  boolean isYoung(long eventTimeMicros) {
    return untilMicros < Long.MAX_VALUE && knownByMicros(eventTimeMicros) >= untilMicros;
  }

  boolean isEndless() {
    return kind == Kind.ENDLESS;
  }
}
