package dev.lockstep.beam.naive;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as a plan sees it, or why it sees none.
 *
 * @param values by component, of those that are read: Boolean, Long, Double (never NaN, infinite or
 *     -0.0), BigDecimal of scale 6, String, Instant of whole microseconds, or null
 * @param notFinite the components that were NaN or infinite, and are null now
 * @param faults all there are, in the record's declared order; empty where the row is usable
 */
public record NaiveRow(
    Map<String, @Nullable Object> values, List<String> notFinite, List<Fault> faults) {

  static NaiveRow of(Fault fault) {
    return new NaiveRow(Map.of(), List.of(), List.of(fault));
  }

  public boolean isUsable() {
    return faults.isEmpty();
  }
}
