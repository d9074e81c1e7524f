package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code quantileDiscrete(x, q)}: the least value that a part q of all values isn't above: the one
 * of rank {@code ceil(q n)} from 1, the least for q = 0. Of the input's type, a number or an
 * instant; null over nothing.
 *
 * <p>It is SQL's PERCENTILE_DISC, definition 1 of Hyndman and Fan. It shares {@link SortedValues}
 * with {@link Quantile}; a read passes about n / 512 chunks.
 */
public record QuantileDiscrete(Fraction q) implements Aggregation {

  /** The quantile of a q from 0 to 1. */
  public static QuantileDiscrete of(double q) {
    return new QuantileDiscrete(Fraction.of(q));
  }

  @Override
  public String name() {
    return "quantile_discrete_" + q;
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    ValueType input = inputs.get(0);
    if (!input.isNumeric() && input != ValueType.INSTANT) {
      return Optional.of("take a quantile of a number or an instant");
    }
    return q.rejection("a q", "quantileDiscrete(x, 0.95)");
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return inputs.get(0);
  }

  @Override
  public Cost cost() {
    return Cost.VALUES;
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return new SortedValues(inputs.get(0));
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    SortedLongs sorted = SortedValues.of(state);
    if (sorted.size() == 0) {
      out.setNull(index);
      return;
    }
    long value = sorted.get((int) q.rankAmong(sorted.size()) - 1);
    out.setBits(
        index, rows.input(0).type() == ValueType.DOUBLE ? SortedValues.ordered(value) : value);
  }
}
