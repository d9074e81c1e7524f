package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.Moments;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code variance(x)}, {@code stddev(x)} and their {@code population} kinds: the exact variance,
 * rounded once, or its square root. DOUBLE; null over nothing, over one value of a sample, and
 * beyond the range.
 *
 * @param ofSample whether it divides by n - 1, as SQL's STDDEV and VARIANCE do, or by n
 * @param root whether it gives the standard deviation
 */
public record Deviation(boolean ofSample, boolean root) implements Aggregation {

  @Override
  public String name() {
    return (root ? "stddev" : "variance") + (ofSample ? "" : "_population");
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
    return new Sums(inputs.get(0), true);
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    Moments sums = (Moments) Sums.of(state);
    if (sums.count() < (ofSample ? 2 : 1)) {
      out.setNull(index);
      return;
    }
    double variance = ofSample ? sums.sampleVariance() : sums.populationVariance();
    out.setDouble(index, root ? Math.sqrt(variance) : variance);
  }
}
