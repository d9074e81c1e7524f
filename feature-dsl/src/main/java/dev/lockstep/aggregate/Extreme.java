package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Optional;

/**
 * {@code min(x)} and {@code max(x)} of numbers and instants. Of the input's type, null over
 * nothing.
 *
 * <p>The state is the extreme and how often it occurs; only when its last occurrence leaves is the
 * window scanned again, which happens once in a window's length on data in random order.
 *
 * @param name {@code min} or {@code max}
 * @param isGreatest which of the two
 */
public record Extreme(String name, boolean isGreatest) implements Aggregation {

  public static Extreme least() {
    return new Extreme("min", false);
  }

  public static Extreme greatest() {
    return new Extreme("max", true);
  }

  @Override
  public Optional<String> rejection(ValueType input) {
    return input.isNumeric() || input == ValueType.INSTANT
        ? Optional.empty()
        : Optional.of("take the extreme of a number or an instant");
  }

  @Override
  public ValueType resultType(ValueType input) {
    return input;
  }

  @Override
  public WindowState newState(ValueType input) {
    return new State(isGreatest);
  }

  private static final class State implements WindowState {
    private final boolean isGreatest;
    private long extreme;
    private long occurrences;
    private boolean stale;

    State(boolean isGreatest) {
      this.isGreatest = isGreatest;
    }

    @Override
    public void add(ColumnVector column, int row) {
      if (!column.isNull(row) && !stale) {
        take(column, column.bits(row));
      }
    }

    @Override
    public void remove(ColumnVector column, int row) {
      if (!column.isNull(row) && !stale && column.bits(row) == extreme && --occurrences == 0) {
        stale = true;
      }
    }

    @Override
    public void clear() {
      occurrences = 0;
      stale = false;
    }

    @Override
    public void finish(ColumnVector column, WindowRange range, Values out, int index) {
      if (stale) {
        clear();
        for (int row = range.from(); row < range.to(); row++) {
          if (!column.isNull(row)) {
            take(column, column.bits(row));
          }
        }
      }
      if (occurrences == 0) {
        out.setNull(index);
      } else {
        out.setBits(index, extreme);
      }
    }

    private void take(ColumnVector column, long bits) {
      if (occurrences == 0 || beats(column, bits)) {
        extreme = bits;
        occurrences = 1;
      } else if (bits == extreme) {
        occurrences++;
      }
    }

    private boolean beats(ColumnVector column, long bits) {
      int order =
          column.type() == ValueType.DOUBLE
              ? Double.compare(Double.longBitsToDouble(bits), Double.longBitsToDouble(extreme))
              : Long.compare(bits, extreme);
      return isGreatest ? order > 0 : order < 0;
    }
  }
}
