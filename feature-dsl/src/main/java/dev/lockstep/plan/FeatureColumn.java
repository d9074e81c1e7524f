package dev.lockstep.plan;

import dev.lockstep.value.ValueType;

/**
 * One place of the vector.
 *
 * @param branch the branch that computes it, or -1 for a derived expression
 * @param slot its place in the branch's results, or among the derived expressions
 */
public record FeatureColumn(String name, ValueType type, int branch, int slot) {

  public boolean isDerived() {
    return branch < 0;
  }
}
