package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import java.io.Serializable;
import java.util.Optional;

/**
 * One kind of aggregation: what it takes, what it gives, and its state over a window.
 *
 * <p>Laws, which every aggregation keeps to the bit:
 *
 * <ol>
 *   <li>The result is a function of the set of rows added and not removed, not of the order of
 *       additions and removals; what depends on order depends on the window's order (C3) alone.
 *   <li>{@code add(r)} then {@code remove(r)} leaves the result unchanged.
 *   <li>Null inputs change nothing, but for an aggregation that reads no column (C7).
 * </ol>
 */
public interface Aggregation extends Serializable {

  /** The name users know it by; part of the fingerprint. */
  String name();

  /** The cure, where it can't take a type; empty where it can. */
  Optional<String> rejection(ValueType input);

  /** The type of the result for a type of input that it can take. */
  ValueType resultType(ValueType input);

  /** A fresh, empty window state for a type of input that it can take. */
  WindowState newState(ValueType input);
}
