package dev.lockstep.plan;

import dev.lockstep.define.ComputedColumn;
import dev.lockstep.value.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a source that the plan reads.
 *
 * @param component index of the record's component, or -1 for a computed column
 * @param computed the function of a computed column, else null
 */
public record ColumnPlan(
    String name, ValueType type, int component, @Nullable ComputedColumn<?, ?> computed) {

  /** How the column is told apart and fingerprinted: its name, and for a function its version. */
  public String identity() {
    return computed == null ? name : name + "@v" + computed.version();
  }
}
