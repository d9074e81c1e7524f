package dev.lockstep.kernel;

import dev.lockstep.plan.WindowLabelPlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;

/**
 * What happens to one entity after a request (L3): the answer of a view as of the window's end, to
 * a request that knows everything and is no event.
 */
public final class WindowLabelState implements BranchState {
  private final EntityState events;
  private final long lengthMicros;

  public WindowLabelState(WindowLabelPlan label) {
    this(label, new EntityState(label.view()));
  }

  WindowLabelState(WindowLabelPlan label, EntityState events) {
    this.events = events;
    this.lengthMicros = label.lengthMicros();
  }

  @Override
  public void add(BranchRow event) {
    events.add(event);
  }

  /** Answers from the events added; null where the window ends beyond the range of the clock. */
  @Override
  public void answer(BranchRow request, Values out) {
    if (request.eventTimeMicros() > Long.MAX_VALUE - lengthMicros) {
      out.setNull(0);
      return;
    }
    events.answer(
        new BranchRow(
            false,
            true,
            request.eventTimeMicros() + lengthMicros,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            null,
            request.requestId(),
            request.requestRow()),
        out);
  }

  /** The view is asked as of a window's end: what is no later than the request is in none. */
  @Override
  public void prune(long oldestEventTimeMicros) {
    events.prune(Micros.plusSaturating(oldestEventTimeMicros, lengthMicros));
  }

  /** Whether it holds no event. */
  public boolean isEmpty() {
    return events.isEmpty();
  }

  /** The events as the view holds them. */
  EntityState events() {
    return events;
  }
}
