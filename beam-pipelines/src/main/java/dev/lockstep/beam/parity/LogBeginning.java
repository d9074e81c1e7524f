package dev.lockstep.beam.parity;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.Micros;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * From when on topics hold all that a request's features may read: what is older was deleted, and
 * the stream may have known it.
 *
 * @param wholeFromMicros by index of the source: all events that happened from then on are there;
 *     {@code Long.MAX_VALUE} where nothing tells. Sources that lost nothing are absent
 */
record LogBeginning(Map<Integer, Long> wholeFromMicros) implements Serializable {

  LogBeginning {
    wholeFromMicros = new TreeMap<>(wholeFromMicros);
  }

  /**
   * Whether a vector of that time can be judged by what the topics hold.
   *
   * @param eventTimeMicros of the request
   */
  boolean reaches(FeaturePlan plan, long eventTimeMicros) {
    if (eventTimeMicros < wholeFrom(plan.requestSource().index())) {
      return false;
    }
    for (ViewPlan view : plan.views()) {
      long whole = wholeFrom(view.source());
      if (whole != Long.MIN_VALUE
          && (view.isForever()
              || Micros.minusSaturating(eventTimeMicros, view.reachMicros()) < whole)) {
        return false;
      }
    }
    return true;
  }

  private long wholeFrom(int source) {
    return wholeFromMicros.getOrDefault(source, Long.MIN_VALUE);
  }
}
