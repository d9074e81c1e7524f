package dev.lockstep.kernel;

import dev.lockstep.plan.LabelPlan;
import dev.lockstep.value.ValueOrder;
import dev.lockstep.value.Values;
import org.jspecify.annotations.Nullable;

/** The label of one request id: the value of the first event in knowledge order that names it. */
public final class LabelState implements BranchState {
  private final ExpressionEvaluator evaluator;
  private @Nullable BranchRow first;

  public LabelState(LabelPlan label) {
    this.evaluator = new ExpressionEvaluator(label.value());
  }

  @Override
  public void add(BranchRow event) {
    if (first == null || compare(event, first) < 0) {
      first = event;
    }
  }

  /** Knowledge order; events of one place by event time and values, so that it is total. */
  private static int compare(BranchRow a, BranchRow b) {
    int by = Long.compare(a.availableAtMicros(), b.availableAtMicros());
    by = by != 0 ? by : Long.compare(a.sequence(), b.sequence());
    by = by != 0 ? by : Long.compare(a.eventTimeMicros(), b.eventTimeMicros());
    return by != 0 || a.values() == null || b.values() == null
        ? by
        : ValueOrder.compare(a.values(), b.values());
  }

  /** Answers with the label, whenever it became known; the request's own event can be the one. */
  @Override
  public void answer(BranchRow request, Values out) {
    if (request.isEvent()) {
      add(request);
    }
    Values values = first == null ? null : first.values();
    if (values == null) {
      out.setNull(0);
    } else {
      evaluator.evaluate(values, values, out, 0);
    }
  }

  @Override
  public void prune(long oldestEventTimeMicros) {}
}
