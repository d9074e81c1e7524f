package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.Interpolation;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code median(x)} and {@code quantile(x, q)}: the value below which a part q of the values lies,
 * interpolated between neighbours. DOUBLE, null over nothing.
 *
 * <p>Of the n values in order, {@code x[0]} to {@code x[n-1]}, it is {@code x[j] + g (x[j+1] -
 * x[j])} with {@code j = floor(h)}, {@code g = h - j} and {@code h = (n - 1) q}: definition 7 of R.
 * J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50
 * (1996), which is SQL's PERCENTILE_CONT and numpy's default. q is the decimal that was written
 * ({@link Fraction}), and the result is the exact rational, rounded once.
 *
 * <p>All quantiles of one input share {@link SortedValues}; a read passes about n / 512 chunks.
 */
public record Quantile(Fraction q) implements Aggregation {

  /** The quantile of a q from 0 to 1. */
  public static Quantile of(double q) {
    return new Quantile(Fraction.of(q));
  }

  @Override
  public String name() {
    return q.value() == 0.5 ? "median" : "quantile_" + q;
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    if (!inputs.get(0).isNumeric()) {
      return Optional.of(
          "take a quantile of a number; quantileDiscrete(x, q) takes an instant too");
    }
    return q.rejection("a q", "quantile(x, 0.95)");
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
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
    int steps = sorted.size() - 1;
    if (steps < 0) {
      out.setNull(index);
      return;
    }
    int place = (int) q.floorOf(steps);
    long part = q.remainderOf(steps);
    long low = sorted.get(place);
    long high = part == 0 ? low : sorted.get(place + 1);
    ValueType type = rows.input(0).type();
    out.setDouble(
        index,
        type == ValueType.DOUBLE
            ? Interpolation.between(toDouble(low), toDouble(high), part, q.denominator())
            : Interpolation.between(low, high, part, q.denominator(), Inputs.unit(type)));
  }

  private static double toDouble(long ordered) {
    return Double.longBitsToDouble(SortedValues.ordered(ordered));
  }
}
