package dev.lockstep.benchmarks.plain;

import dev.lockstep.aggregate.StateSpec;
import dev.lockstep.aggregate.WindowRows;
import dev.lockstep.aggregate.WindowState;
import dev.lockstep.value.ValueType;

/**
 * Keeps a count, a sum and a sum of squares in 64 bits each: doubles add up their rounding errors,
 * longs overflow silently.
 */
record PlainSums(ValueType input) implements StateSpec {

  @Override
  public WindowState newState() {
    return input == ValueType.LONG ? new OfLongs() : new OfDoubles();
  }

  /** What the aggregations read. */
  interface Read extends WindowState {
    long count();

    double sum();

    double squares();

    /** The sum, where the input is integers. */
    long longSum();
  }

  private static final class OfDoubles implements Read {
    private long count;
    private double sum;
    private double squares;

    @Override
    public void enter(WindowRows rows, int row) {
      double value = rows.input(0).getDouble(row);
      count++;
      sum += value;
      squares += value * value;
    }

    @Override
    public void leave(WindowRows rows, int row) {
      double value = rows.input(0).getDouble(row);
      count--;
      sum -= value;
      squares -= value * value;
    }

    @Override
    public void clear() {
      count = 0;
      sum = 0;
      squares = 0;
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public double sum() {
      return sum;
    }

    @Override
    public double squares() {
      return squares;
    }

    @Override
    public long longSum() {
      throw new IllegalStateException("a sum of doubles");
    }
  }

  private static final class OfLongs implements Read {
    private long count;
    private long sum;
    private long squares;

    @Override
    public void enter(WindowRows rows, int row) {
      long value = rows.input(0).bits(row);
      count++;
      sum += value;
      squares += value * value;
    }

    @Override
    public void leave(WindowRows rows, int row) {
      long value = rows.input(0).bits(row);
      count--;
      sum -= value;
      squares -= value * value;
    }

    @Override
    public void clear() {
      count = 0;
      sum = 0;
      squares = 0;
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public double sum() {
      return sum;
    }

    @Override
    public double squares() {
      return squares;
    }

    @Override
    public long longSum() {
      return sum;
    }
  }
}
