package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import java.util.Optional;

/** {@code avg(x)}: the exact mean, rounded once. DOUBLE, null over nothing. O(1) a row. */
public record Average() implements Aggregation {

  @Override
  public String name() {
    return "avg";
  }

  @Override
  public Optional<String> rejection(ValueType input) {
    return Numbers.rejection(input);
  }

  @Override
  public ValueType resultType(ValueType input) {
    return ValueType.DOUBLE;
  }

  @Override
  public WindowState newState(ValueType input) {
    return MeanState.withoutSquares(input, (sums, out, index) -> out.setDouble(index, sums.mean()));
  }
}
