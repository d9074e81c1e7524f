package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.PairMoments;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the exact sums and sums of products of pairs (x, y) of numbers: a constant, some hundred
 * bytes for usual numbers, up to about 5 KB where the greatest and the least doubles meet.
 *
 * <p>Decimals are counted in millionths: what isn't free of scale divides by {@link Inputs#unit}.
 *
 * @param x the type of the first of the pair
 * @param y the type of the second
 * @param overTime whether x is the event time, in microseconds, and y the first input; else they
 *     are the first two inputs
 */
record Pairs(ValueType x, ValueType y, boolean overTime) implements StateSpec {

  /** The pairs of the first two inputs. */
  static Pairs of(List<ValueType> inputs) {
    return new Pairs(inputs.get(0), inputs.get(1), false);
  }

  /** The cure where the inputs aren't two numbers. */
  static Optional<String> rejection(List<ValueType> inputs) {
    return inputs.size() == 2 && inputs.stream().allMatch(ValueType::isNumeric)
        ? Optional.empty()
        : Optional.of("relate two numbers");
  }

  @Override
  public WindowState newState() {
    return new PairState(this);
  }

  /** The pairs of a state of this. */
  static PairMoments of(WindowState state) {
    return ((PairState) state).pairs;
  }

  private static final class PairState implements WindowState {
    private final boolean integerX;
    private final boolean integerY;
    private final boolean overTime;
    private final PairMoments pairs = new PairMoments();

    PairState(Pairs spec) {
      this.integerX = spec.x != ValueType.DOUBLE;
      this.integerY = spec.y != ValueType.DOUBLE;
      this.overTime = spec.overTime;
    }

    @Override
    public void enter(WindowRows rows, int row) {
      ColumnVector y = rows.input(overTime ? 0 : 1);
      if (integerX) {
        long x = integerX(rows, row);
        if (integerY) {
          pairs.add(x, y.bits(row));
        } else {
          pairs.add(x, y.getDouble(row));
        }
      } else {
        double x = rows.input(0).getDouble(row);
        if (integerY) {
          pairs.add(x, y.bits(row));
        } else {
          pairs.add(x, y.getDouble(row));
        }
      }
    }

    @Override
    public void leave(WindowRows rows, int row) {
      ColumnVector y = rows.input(overTime ? 0 : 1);
      if (integerX) {
        long x = integerX(rows, row);
        if (integerY) {
          pairs.subtract(x, y.bits(row));
        } else {
          pairs.subtract(x, y.getDouble(row));
        }
      } else {
        double x = rows.input(0).getDouble(row);
        if (integerY) {
          pairs.subtract(x, y.bits(row));
        } else {
          pairs.subtract(x, y.getDouble(row));
        }
      }
    }

    private long integerX(WindowRows rows, int row) {
      return overTime ? rows.eventTimeMicros(row) : rows.input(0).bits(row);
    }

    @Override
    public void clear() {
      pairs.clear();
    }
  }
}
