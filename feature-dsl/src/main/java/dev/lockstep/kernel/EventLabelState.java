package dev.lockstep.kernel;

import dev.lockstep.plan.EventLabelPlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueOrder;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What later events say of one request id (L1, L2). It holds no more of them than an answer can
 * need: without an end to the time in which they count, the first.
 */
public final class EventLabelState implements BranchState {
  private static final int VALUE = 0;

  private final boolean happened;
  private final boolean bounded;
  private final long withinMicros;

  /** Those that can count, in the label's order. */
  private final List<BranchRow> events = new ArrayList<>();

  public EventLabelState(EventLabelPlan label) {
    this.happened = label.happened();
    this.bounded = label.withinMicros().isPresent();
    this.withinMicros = label.withinMicros().orElse(0);
  }

  @Override
  public void add(BranchRow event) {
    Values values = event.values();
    if (values == null || (happened && (values.isNull(VALUE) || !values.getBoolean(VALUE)))) {
      return;
    }
    int place = events.size();
    while (place > 0 && compare(events.get(place - 1), event) > 0) {
      place--;
    }
    events.add(place, event);
    if (!bounded && events.size() > 1) {
      events.remove(1);
    }
  }

  /** Knowledge order; events of one place by event time and value, so that it is total (L1). */
  private static int compare(BranchRow a, BranchRow b) {
    int by = Long.compare(a.availableAtMicros(), b.availableAtMicros());
    by = by != 0 ? by : Long.compare(a.sequence(), b.sequence());
    by = by != 0 ? by : Long.compare(a.eventTimeMicros(), b.eventTimeMicros());
    return by != 0 || a.values() == null || b.values() == null
        ? by
        : ValueOrder.compare(a.values(), b.values());
  }

  /** Answers from the events added, whenever they became known; the request's own is none. */
  @Override
  public void answer(BranchRow request, Values out) {
    long from = request.eventTimeMicros();
    long through = Micros.plusSaturating(from, withinMicros);
    for (BranchRow event : events) {
      long time = event.eventTimeMicros();
      if (event.values() != null && (!bounded || (from <= time && time <= through))) {
        for (int i = 0; i < out.size(); i++) {
          out.copy(i, event.values(), i);
        }
        return;
      }
    }
    if (happened) {
      out.setBoolean(0, false);
    } else {
      for (int i = 0; i < out.size(); i++) {
        out.setNull(i);
      }
    }
  }

  /** When the first event of those that count became known; there is one unless it is empty. */
  public long firstKnownMicros() {
    return events.get(0).availableAtMicros();
  }

  /** An event counts from the request's time on; without an end to that, it may count for ever. */
  @Override
  public void prune(long oldestEventTimeMicros) {
    if (bounded) {
      events.removeIf(event -> event.eventTimeMicros() < oldestEventTimeMicros);
    }
  }

  /** Whether nothing that it holds can count for any request. */
  public boolean isEmpty() {
    return events.isEmpty();
  }

  /** Those that can count, in the label's order. */
  List<BranchRow> events() {
    return Collections.unmodifiableList(events);
  }
}
