package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.PairMoments;
import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code correlation(x, y)}: Pearson's correlation of two numbers, -1 to 1: the root of its exact
 * square rounded once, with its sign. DOUBLE; null where either is the same in all events, so under
 * two events too. Events where either is null take no part.
 *
 * <p>A read costs some multiplications of long integers.
 */
public record Correlation() implements Aggregation {

  @Override
  public String name() {
    return "correlation";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Pairs.rejection(inputs);
  }

  @Override
  public Optional<String> rejection(WindowBounds window) {
    return Inputs.severalEvents(window);
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return Pairs.of(inputs);
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    PairMoments pairs = Pairs.of(state);
    if (pairs.hasXVariance() && pairs.hasYVariance()) {
      out.setDouble(index, pairs.correlation());
    } else {
      out.setNull(index);
    }
  }
}
