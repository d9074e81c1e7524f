package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.Mean;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/** {@code avg(x)}: the exact mean, rounded once. DOUBLE, null over nothing. */
public record Average() implements Aggregation {

  @Override
  public String name() {
    return "avg";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.numbers(inputs);
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return new Sums(inputs.get(0), false);
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    Mean sums = Sums.of(state);
    if (sums.count() == 0) {
      out.setNull(index);
    } else {
      out.setDouble(index, sums.mean());
    }
  }
}
