package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.LongMean;
import dev.lockstep.aggregate.exact.LongMoments;
import dev.lockstep.aggregate.exact.Mean;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code sum(x)}: the exact sum. LONG of integers and DECIMAL of decimals, null if it doesn't fit;
 * DOUBLE of doubles, rounded once, null if beyond their range. Null over nothing.
 */
public record Sum() implements Aggregation {

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.numbers(inputs);
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return inputs.get(0);
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
    } else if (sums instanceof LongMoments integers) {
      write(integers.fitsLong(), integers.fitsLong() ? integers.unscaledSum() : 0, out, index);
    } else if (sums instanceof LongMean integers) {
      write(integers.fitsLong(), integers.fitsLong() ? integers.unscaledSum() : 0, out, index);
    } else {
      out.setDouble(index, sums.sum());
    }
  }

  private static void write(boolean fits, long sum, Values out, int index) {
    if (fits) {
      out.setLong(index, sum);
    } else {
      out.setNull(index);
    }
  }
}
