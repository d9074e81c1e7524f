package dev.lockstep.benchmarks.load;

import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import java.util.List;

/**
 * One entity's state as batch drives it: each event is a request too, and every 256 rows what no
 * later request can read is forgotten.
 */
public final class HotEntity {
  private static final int PRUNE_EVERY = 256;

  private final ViewPlan view;
  private final EntityState state;
  private final Values event;
  private final Values out;
  private int untilPrune = PRUNE_EVERY;

  public HotEntity(ViewPlan view) {
    this.view = view;
    this.state = new EntityState(view);
    this.event = new Values(view.columnTypes());
    this.out = new Values(view.resultTypes());
  }

  /**
   * Which column of the view's events a feature reads first.
   *
   * @throws IllegalArgumentException if the view has no such feature
   */
  public static int columnOf(ViewPlan view, String feature) {
    List<ViewPlan.Feature> found =
        view.features().stream().filter(f -> f.name().equals(feature)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("view " + view.name() + " has no feature " + feature);
    }
    return found.get(0).inputs().get(0);
  }

  /** The values of the next event, for the caller to set; the state copies them. */
  public Values event() {
    return event;
  }

  /** Takes in the event and answers it; the answer is valid until the next. */
  public Values answer(long eventTimeMicros, long availableAtMicros, long sequence) {
    state.answer(
        new BranchRow(true, true, eventTimeMicros, availableAtMicros, sequence, event, null, 0),
        out);
    pruneAtTimes(availableAtMicros);
    return out;
  }

  /** Takes in the event alone. */
  public void add(long eventTimeMicros, long availableAtMicros, long sequence) {
    state.add(
        new BranchRow(true, false, eventTimeMicros, availableAtMicros, sequence, event, null, 0));
  }

  /** Answers a request alone, as of an instant and all that was available by then. */
  public Values ask(long micros) {
    state.answer(new BranchRow(false, true, micros, micros, Long.MAX_VALUE, null, null, 0), out);
    pruneAtTimes(micros);
    return out;
  }

  private void pruneAtTimes(long availableAtMicros) {
    if (--untilPrune == 0) {
      state.prune(Micros.minusSaturating(availableAtMicros, view.requestLatenessMicros()));
      untilPrune = PRUNE_EVERY;
    }
  }

  public EntityState state() {
    return state;
  }
}
