package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.Powers;
import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code skewness(x)} and {@code kurtosis(x)}: how lopsided and how heavy-tailed a number's
 * distribution is. DOUBLE; null where all values are the same, so under two values too.
 *
 * <p>They are those of the population: g1 = m3 / m2^(3/2), the root of its exact square rounded
 * once, with its sign; g2 = m4 / m2^2 - 3, the excess over the normal distribution's, rounded once;
 * where mk is the k-th central moment. The sums of the first four powers are kept exactly, in some
 * hundred bytes for usual numbers, up to about 6 KB where the greatest and the least doubles meet;
 * a read costs some multiplications of long integers.
 *
 * @param tails whether it gives the kurtosis
 */
public record Shape(boolean tails) implements Aggregation {

  @Override
  public String name() {
    return tails ? "kurtosis" : "skewness";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.numbers(inputs);
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
    return new PowerSums(inputs.get(0));
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    Powers powers = ((PowersState) state).powers;
    if (powers.hasVariance()) {
      out.setDouble(index, tails ? powers.kurtosis() : powers.skewness());
    } else {
      out.setNull(index);
    }
  }

  /** Keeps the exact sums of the first four powers of the first input. */
  private record PowerSums(ValueType input) implements StateSpec {
    @Override
    public WindowState newState() {
      return new PowersState(input != ValueType.DOUBLE);
    }
  }

  private static final class PowersState implements WindowState {
    /** Decimals count as their millionths: no scale is in the results. */
    private final boolean integers;

    private final Powers powers = new Powers();

    PowersState(boolean integers) {
      this.integers = integers;
    }

    @Override
    public void enter(WindowRows rows, int row) {
      if (integers) {
        powers.add(rows.input(0).bits(row));
      } else {
        powers.add(rows.input(0).getDouble(row));
      }
    }

    @Override
    public void leave(WindowRows rows, int row) {
      if (integers) {
        powers.subtract(rows.input(0).bits(row));
      } else {
        powers.subtract(rows.input(0).getDouble(row));
      }
    }

    @Override
    public void clear() {
      powers.clear();
    }
  }
}
