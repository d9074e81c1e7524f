package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.DoubleMean;
import dev.lockstep.aggregate.exact.DoubleMoments;
import dev.lockstep.aggregate.exact.LongMean;
import dev.lockstep.aggregate.exact.LongMoments;
import dev.lockstep.aggregate.exact.Mean;
import dev.lockstep.aggregate.exact.Moments;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;

/**
 * The exact sums of a window that sum, average and deviation finish in their own ways (C6).
 *
 * @param <M> the accumulator's results: with squares or without
 */
final class MeanState<M extends Mean> implements WindowState {

  /** Writes a result from the exact sums, of which there is at least one value. */
  interface Finish<M> {
    void write(M sums, Values out, int index);
  }

  private interface Step {
    void apply(ColumnVector column, int row);
  }

  private final M sums;
  private final Step add;
  private final Step remove;
  private final Runnable clear;
  private final Finish<M> finish;

  private MeanState(M sums, Step add, Step remove, Runnable clear, Finish<M> finish) {
    this.sums = sums;
    this.add = add;
    this.remove = remove;
    this.clear = clear;
    this.finish = finish;
  }

  static WindowState withoutSquares(ValueType input, Finish<Mean> finish) {
    if (input == ValueType.LONG) {
      LongMean s = new LongMean();
      return new MeanState<>(
          s, (c, r) -> s.add(c.bits(r)), (c, r) -> s.subtract(c.bits(r)), s::clear, finish);
    }
    DoubleMean s = new DoubleMean();
    return new MeanState<>(
        s, (c, r) -> s.add(c.getDouble(r)), (c, r) -> s.subtract(c.getDouble(r)), s::clear, finish);
  }

  static WindowState withSquares(ValueType input, Finish<Moments> finish) {
    if (input == ValueType.LONG) {
      LongMoments s = new LongMoments();
      return new MeanState<>(
          s, (c, r) -> s.add(c.bits(r)), (c, r) -> s.subtract(c.bits(r)), s::clear, finish);
    }
    DoubleMoments s = new DoubleMoments();
    return new MeanState<>(
        s, (c, r) -> s.add(c.getDouble(r)), (c, r) -> s.subtract(c.getDouble(r)), s::clear, finish);
  }

  @Override
  public void add(ColumnVector column, int row) {
    if (!column.isNull(row)) {
      add.apply(column, row);
    }
  }

  @Override
  public void remove(ColumnVector column, int row) {
    if (!column.isNull(row)) {
      remove.apply(column, row);
    }
  }

  @Override
  public void clear() {
    clear.run();
  }

  @Override
  public void finish(ColumnVector column, WindowRange range, Values out, int index) {
    if (sums.count() == 0) {
      out.setNull(index);
    } else {
      finish.write(sums, out, index);
    }
  }
}
