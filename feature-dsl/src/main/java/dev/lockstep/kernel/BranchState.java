package dev.lockstep.kernel;

import dev.lockstep.plan.Branch;
import dev.lockstep.plan.EventLabelPlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.plan.WindowLabelPlan;
import dev.lockstep.value.Values;

/**
 * What one key of one branch holds. Not thread-safe.
 *
 * <p>Rows may come in any order; a value never depends on it (C2), as long as what a request knows
 * has come before the request. A label's state is different in one thing: a request knows all of
 * it, so all events are added first, the requests' own too, and then requests are answered; its
 * {@link #answer} takes nothing in.
 */
public sealed interface BranchState
    permits EntityState, TableState, EventLabelState, WindowLabelState {

  /** A new, empty state of a branch. */
  static BranchState of(Branch branch) {
    if (branch instanceof ViewPlan view) {
      return new EntityState(view);
    }
    if (branch instanceof LookupPlan lookup) {
      return new TableState(lookup);
    }
    return branch instanceof WindowLabelPlan window
        ? new WindowLabelState(window)
        : new EventLabelState((EventLabelPlan) branch);
  }

  /** Takes in an event; for a view or a table not the request's own. */
  void add(BranchRow event);

  /**
   * Answers a request; where the row is an event too, it is the request's own and is taken in by
   * all but labels.
   *
   * @param out a row of the branch's result types, wholly overwritten
   */
  void answer(BranchRow request, Values out);

  /** Drops what no request with an event time from here on can read; changes no value (C4). */
  void prune(long oldestEventTimeMicros);
}
