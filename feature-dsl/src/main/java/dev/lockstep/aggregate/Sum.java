package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.LongMean;
import dev.lockstep.aggregate.exact.Mean;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Optional;

/**
 * {@code sum(x)}: the exact sum, rounded once. LONG of integers, null if it doesn't fit; DOUBLE of
 * doubles, null if beyond their range. Null over nothing. O(1) a row.
 */
public record Sum() implements Aggregation {

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public Optional<String> rejection(ValueType input) {
    return Numbers.rejection(input);
  }

  @Override
  public ValueType resultType(ValueType input) {
    return input;
  }

  @Override
  public WindowState newState(ValueType input) {
    return MeanState.withoutSquares(input, Sum::finish);
  }

  private static void finish(Mean sums, Values out, int index) {
    if (!(sums instanceof LongMean integers)) {
      out.setDouble(index, sums.sum());
    } else if (integers.fitsLong()) {
      out.setLong(index, integers.unscaledSum());
    } else {
      out.setNull(index);
    }
  }
}
