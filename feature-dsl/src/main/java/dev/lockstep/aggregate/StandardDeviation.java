package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.Moments;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Optional;

/**
 * {@code stddev(x)}: the sample standard deviation (n - 1, as SQL's STDDEV): the square root of the
 * exact variance rounded once. DOUBLE, null under two values or beyond the range. O(1) a row.
 */
public record StandardDeviation() implements Aggregation {

  @Override
  public String name() {
    return "stddev";
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
    return MeanState.withSquares(input, StandardDeviation::finish);
  }

  private static void finish(Moments sums, Values out, int index) {
    if (sums.count() < 2) {
      out.setNull(index);
    } else {
      out.setDouble(index, sums.sampleStddev());
    }
  }
}
