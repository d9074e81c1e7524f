package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.DoubleMean;
import dev.lockstep.aggregate.exact.DoubleMoments;
import dev.lockstep.aggregate.exact.LongMean;
import dev.lockstep.aggregate.exact.LongMoments;
import dev.lockstep.aggregate.exact.Mean;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.ValueType;

/**
 * Keeps the exact count and sum of a window's first input, and the sum of squares where one of the
 * features over it asks for a variance (C6).
 *
 * @param withSquares whether it keeps the sum of squares
 */
record Sums(ValueType input, boolean withSquares) implements StateSpec {

  @Override
  public boolean covers(StateSpec other) {
    return other instanceof Sums sums && input == sums.input && (withSquares || !sums.withSquares);
  }

  @Override
  public WindowState newState() {
    if (input != ValueType.DOUBLE) {
      int scale = input == ValueType.DECIMAL ? Decimals.SCALE : 0;
      return withSquares ? new LongMomentsState(scale) : new LongMeanState(scale);
    }
    return withSquares ? new DoubleMomentsState() : new DoubleMeanState();
  }

  /** The sums of a state of this. */
  static Mean of(WindowState state) {
    return ((Holder) state).sums();
  }

  /** A state that holds sums. */
  private interface Holder extends WindowState {
    Mean sums();
  }

  private static final class LongMeanState implements Holder {
    private final LongMean sums;

    LongMeanState(int scale) {
      this.sums = new LongMean(scale);
    }

    @Override
    public Mean sums() {
      return sums;
    }

    @Override
    public void enter(WindowRows rows, int row) {
      sums.add(rows.input(0).bits(row));
    }

    @Override
    public void leave(WindowRows rows, int row) {
      sums.subtract(rows.input(0).bits(row));
    }

    @Override
    public void clear() {
      sums.clear();
    }
  }

  private static final class LongMomentsState implements Holder {
    private final LongMoments sums;

    LongMomentsState(int scale) {
      this.sums = new LongMoments(scale);
    }

    @Override
    public Mean sums() {
      return sums;
    }

    @Override
    public void enter(WindowRows rows, int row) {
      sums.add(rows.input(0).bits(row));
    }

    @Override
    public void leave(WindowRows rows, int row) {
      sums.subtract(rows.input(0).bits(row));
    }

    @Override
    public void clear() {
      sums.clear();
    }
  }

  private static final class DoubleMeanState implements Holder {
    private final DoubleMean sums = new DoubleMean();

    @Override
    public Mean sums() {
      return sums;
    }

    @Override
    public void enter(WindowRows rows, int row) {
      sums.add(rows.input(0).getDouble(row));
    }

    @Override
    public void leave(WindowRows rows, int row) {
      sums.subtract(rows.input(0).getDouble(row));
    }

    @Override
    public void clear() {
      sums.clear();
    }
  }

  private static final class DoubleMomentsState implements Holder {
    private final DoubleMoments sums = new DoubleMoments();

    @Override
    public Mean sums() {
      return sums;
    }

    @Override
    public void enter(WindowRows rows, int row) {
      sums.add(rows.input(0).getDouble(row));
    }

    @Override
    public void leave(WindowRows rows, int row) {
      sums.subtract(rows.input(0).getDouble(row));
    }

    @Override
    public void clear() {
      sums.clear();
    }
  }
}
