package dev.lockstep.training.train;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a training did about labels that became known later than their requests. Immutable.
 *
 * @param wait how long a label may take
 * @param trainingRows those before the validation part that didn't train, since their labels might
 *     have become known only after it began
 * @param validationRows those before the test part that didn't validate, likewise
 * @param learntRows those that had a say in the model; grown again, it learns from those between
 *     training and validation, too
 * @param knownUntil by when the last label that had a say was known; null for a label without an
 *     end
 */
public record LateLabels(
    LabelWait wait,
    int trainingRows,
    int validationRows,
    int learntRows,
    @Nullable Instant knownUntil) {

  /** A line for people; empty where there is nothing to say. */
  String summary() {
    if (wait.isEndless()) {
      return "the label has no end (no within): rows whose outcome wasn't known yet stand as they"
          + " are, the youngest first, and none is left out before validation or test; say"
          + " within(...) in the label";
    }
    return wait.micros() == 0
        ? ""
        : String.format(
            java.util.Locale.ROOT,
            "%d rows before validation and %d before the test left out: a label may become known up"
                + " to %s after its request; all labels learnt from were known by %s",
            trainingRows,
            validationRows,
            TimeSplit.duration(wait.micros()),
            knownUntil);
  }
}
