package dev.lockstep.kernel;

import dev.lockstep.plan.Branch;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.Values;

/**
 * What one key of one branch holds. Not thread-safe.
 *
 * <p>Rows may come in any order; a value never depends on it (C2), as long as what a request knows
 * has come before the request.
 */
public sealed interface BranchState permits EntityState, TableState, LabelState {

  /** A new, empty state of a branch. */
  static BranchState of(Branch branch) {
    if (branch instanceof ViewPlan view) {
      return new EntityState(view);
    }
    if (branch instanceof LookupPlan lookup) {
      return new TableState(lookup);
    }
    return new LabelState((LabelPlan) branch);
  }

  /** Takes in an event that is not the request's own. */
  void add(BranchRow event);

  /**
   * Answers a request; where the row is an event too, it is the request's own and is taken in.
   *
   * @param out a row of the branch's result types, wholly overwritten
   */
  void answer(BranchRow request, Values out);

  /** Drops what no request with an event time from here on can read; changes no value (C4). */
  void prune(long oldestEventTimeMicros);
}
