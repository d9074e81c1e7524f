package dev.lockstep.training.train;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a training did about labels that became known later than their requests. Immutable.
 *
 * @param labelWait how long a label may take
 * @param youngRows labelled rows that are in no part: of a label without an end those so young that
 *     later outcomes weren't known yet
 * @param trainingRows those before the validation part that didn't train, since their labels might
 *     have become known only after it began
 * @param validationRows those before the test part that didn't validate, likewise
 * @param learntRows those that had a say in the model; grown again, it learns from those between
 *     training and validation, too
 * @param knownUntil by when the last label that had a say was known; null for a label without an
 *     end
 */
public record LateLabels(
    LabelWait labelWait,
    int youngRows,
    int trainingRows,
    int validationRows,
    int learntRows,
    @Nullable Instant knownUntil) {

  /** A line for people; empty where there is nothing to say. */
  String summary() {
    if (labelWait.kind() == LabelWait.Kind.AT_ONCE) {
      return "";
    }
    String between =
        String.format(
            Locale.ROOT,
            "%d rows before validation and %d before the test left out: ",
            trainingRows,
            validationRows);
    String duration = TimeSplit.duration(labelWait.micros());
    if (!labelWait.isEndless()) {
      return between
          + "a label may become known up to "
          + duration
          + " after its request; all labels learnt from were known by "
          + knownUntil;
    }
    return labelWait.micros() == 0
        ? "the label has no end (no within), and the training set doesn't tell how long outcomes"
            + " took: its youngest rows are those whose outcome came early, and none is left out;"
            + " say within(...) in the label, or backfill again"
        : between
            + "the label has no end (no within), and of the outcomes seen 99.9 % were known within "
            + duration
            + " of the request; "
            + youngRows
            + " younger rows at the set's end left out, too. Say within(...) in the label";
  }
}
