package dev.lockstep.aggregate;

import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One kind of aggregation: what it takes, what it gives, and how its result comes from a window.
 *
 * <p>Implement it as a record of its parameters: two equal ones mean the same. A row <em>takes
 * part</em> if it satisfies the feature's {@code where} and none of the inputs is null (C7); no
 * other row is ever shown to a state.
 *
 * <p>Laws, which every aggregation keeps to the bit ({@code testing.AggregationLaws} checks them):
 *
 * <ol>
 *   <li>The result is a function of the rows that take part, not of the order in which they entered
 *       and left; what depends on order depends on the window's order (C3) alone: {@link
 *       WindowRows#inOrder}.
 *   <li>{@code enter(r)} then {@code leave(r)} leaves the result unchanged.
 *   <li>Rows that don't take part change nothing.
 *   <li>A cleared state is a new one.
 * </ol>
 */
public interface Aggregation extends Serializable {

  /**
   * The name users know it by, parameters included; part of the fingerprint. The library's own
   * names are reserved.
   */
  String name();

  /**
   * The version of its code, at least 1, for an aggregation of your own: part of the fingerprint,
   * to be raised whenever its results change. The library's are versioned with the library.
   */
  default int version() {
    return 0;
  }

  /**
   * The cure, where it can't take these inputs; empty where it can.
   *
   * @param inputs the types of the columns read, in order; empty for one that reads none
   */
  Optional<String> rejection(List<ValueType> inputs);

  /** The cure, where it makes no sense over a window; empty where it does. */
  default Optional<String> rejection(WindowBounds window) {
    return Optional.empty();
  }

  /** The type of the result for inputs that it can take. */
  ValueType resultType(List<ValueType> inputs);

  /** Whether its result is text that holds a JSON list or map. */
  default boolean givesJson() {
    return false;
  }

  /** What a read costs; a constant unless it says otherwise. */
  default Cost cost() {
    return Cost.CONSTANT;
  }

  /** How its result relates to the mathematical one; exact unless it says otherwise. */
  default Exactness exactness() {
    return Exactness.EXACT;
  }

  /** What it keeps while rows enter and leave; shared with others over the same inputs. */
  default StateSpec state(List<ValueType> inputs) {
    return StateSpec.NONE;
  }

  /**
   * The shared indexes over its input that its state or result asks {@link WindowRows} for; only an
   * aggregation of one input has any.
   */
  default Set<LogIndexKind> indexes() {
    return Set.of();
  }

  /**
   * Writes the result over a window.
   *
   * @param state of {@link #state}, or of one that covers it, after all rows that take part entered
   * @param rows the window
   * @param out the row of results to write to, at {@code index}; null where there is nothing to
   *     give or the result doesn't fit its type
   */
  void finish(WindowState state, WindowRows rows, Values out, int index);
}
