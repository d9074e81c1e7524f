package dev.lockstep.kernel;

import dev.lockstep.plan.ColumnLabelPlan;
import dev.lockstep.plan.EventLabelPlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.TypedExpression;
import dev.lockstep.value.Values;
import org.jspecify.annotations.Nullable;

/**
 * The label of a request: a field of its own, what the label's branch answered, or an expression
 * over both. Not thread-safe.
 */
public final class LabelValue {
  private final LabelPlan label;
  private final @Nullable ExpressionEvaluator joined;

  public LabelValue(LabelPlan label) {
    this.label = label;
    TypedExpression value = label instanceof EventLabelPlan event ? event.joined() : null;
    this.joined = value == null ? null : new ExpressionEvaluator(value);
  }

  /** Whether the label reads the request beside what its branch answers. */
  public boolean isJoined() {
    return joined != null;
  }

  /**
   * Writes the label into a column.
   *
   * @param request the columns of the request's source
   * @param answer the branch's; null where it wasn't asked
   */
  public void of(Values request, @Nullable Values answer, Values into, int index) {
    if (label instanceof ColumnLabelPlan own) {
      into.copy(index, request, own.column());
    } else if (answer == null) {
      into.setNull(index);
    } else if (joined == null) {
      into.copy(index, answer, 0);
    } else if (answer.isNull(answer.size() - 1)) {
      into.setNull(index); // no event: nothing to join
    } else {
      joined.evaluate(request, answer, into, index);
    }
  }
}
