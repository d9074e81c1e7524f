package dev.lockstep.plan;

import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import java.util.List;
import java.util.OptionalLong;

/**
 * The label of a training set: the answer of a branch, or a column of the request.
 *
 * <p>A label's branch is asked when it holds all events there are: a label counts whenever it
 * became known.
 */
public sealed interface LabelPlan permits EventLabelPlan, WindowLabelPlan, ColumnLabelPlan {

  String name();

  /** Place among the plan's branches; -1 for a column of the request. */
  int index();

  /** Index of the source whose rows say it; for a column the requests'. */
  int source();

  /** The label's type, in a list: what its branch answers. */
  List<ValueType> resultTypes();

  /** BOOLEAN or a number. */
  default ValueType type() {
    return resultTypes().get(0);
  }

  /**
   * The request's columns that it reads beside what its branch answers, so that a row which waits
   * for its label keeps them.
   */
  default List<Integer> requestColumns() {
    return List.of();
  }

  /** Whether the request's own row holds it, so that no branch has to be asked. */
  default boolean isColumn() {
    return this instanceof ColumnLabelPlan;
  }

  /**
   * How long after a request something can still become known that counts: the label's time and the
   * lateness of its source (L5). Empty where there is no such end, or nothing to wait for.
   */
  OptionalLong maturityMicros();

  /**
   * Whether nothing can still come that counts for a request (L5).
   *
   * @param eventTimeMicros the request's
   * @param horizonMicros everything that was available before it is in the history
   */
  default boolean isMature(long eventTimeMicros, long horizonMicros) {
    return maturityMicros().isEmpty()
        || Micros.plusSaturating(eventTimeMicros, maturityMicros().getAsLong()) < horizonMicros;
  }
}
