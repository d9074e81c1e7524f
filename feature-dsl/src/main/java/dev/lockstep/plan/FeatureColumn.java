package dev.lockstep.plan;

import dev.lockstep.value.ValueType;

/**
 * One place of the vector.
 *
 * @param ask the ask whose answer it is taken from, or -1 for a derived expression
 * @param slot its place in that answer, or among the derived expressions
 */
public record FeatureColumn(String name, ValueType type, int ask, int slot) {

  public boolean isDerived() {
    return ask < 0;
  }
}
