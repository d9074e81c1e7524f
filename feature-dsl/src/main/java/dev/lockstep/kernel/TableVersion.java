package dev.lockstep.kernel;

import dev.lockstep.value.ValueOrder;
import dev.lockstep.value.Values;
import org.jspecify.annotations.Nullable;

/**
 * One version of a table's row.
 *
 * @param values the fields that a lookup reads; null for a deletion
 */
public record TableVersion(
    long effectiveFromMicros, long availableAtMicros, @Nullable Values values) {

  /** Of two versions with equal times, always the same one: a deletion, else the greater values. */
  static TableVersion greater(TableVersion a, TableVersion b) {
    if (a.values == null || b.values == null) {
      return a.values == null ? a : b;
    }
    return ValueOrder.compare(a.values, b.values) >= 0 ? a : b;
  }
}
