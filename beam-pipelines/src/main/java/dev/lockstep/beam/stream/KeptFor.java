package dev.lockstep.beam.stream;

import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.Micros;

/** How long the keys of each branch keep what they are given. */
final class KeptFor {
  private final FeaturePlan plan;

  KeptFor(FeaturePlan plan) {
    this.plan = plan;
  }

  /**
   * How long after its availability a row can be what a key's state still drops, in microseconds.
   */
  long micros(int branch) {
    Branch of = plan.branches().get(branch);
    if (of instanceof LookupPlan lookup) {
      return lookup.requestLatenessMicros();
    }
    ViewPlan view = (ViewPlan) of;
    long reach =
        view.mostNewest() > 0
            ? Math.max(view.reachMicros(), Micros.plusSaturating(view.sourceLatenessMicros(), 1))
            : view.reachMicros();
    return Micros.plusSaturating(reach, view.requestLatenessMicros());
  }

  /**
   * How long after a cleanup that left something the next one comes, in microseconds: what is kept
   * for less than the clock skew would else be looked through at each millisecond of it.
   */
  long untilNextMicros(int branch) {
    return plan.branches().get(branch) instanceof ViewPlan view
        ? Math.max(micros(branch), plan.sources().get(view.source()).clockSkewMicros())
        : micros(branch);
  }

  /**
   * Whether something of what a view's key holds leaves by time alone.
   *
   * @param lastAvailableMicros when its last event became available
   */
  boolean leavesMore(int branch, long lastAvailableMicros, long now) {
    if (!(plan.branches().get(branch) instanceof ViewPlan view)) {
      return false; // of a table's versions the newest stay
    }
    long kept =
        Micros.plusSaturating(micros(branch), plan.sources().get(view.source()).clockSkewMicros());
    return !view.isForever() || Micros.plusSaturating(lastAvailableMicros, kept) >= now;
  }
}
