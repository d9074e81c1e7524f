package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code count()}: the number of events, nulls or not; under a {@code where}, of those that satisfy
 * it. LONG, 0 over nothing.
 */
public record Count() implements Aggregation {

  @Override
  public String name() {
    return "count";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.any();
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.LONG;
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return new Rows();
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    out.setLong(index, of(state, rows));
  }

  /** How many rows take part, given a state of {@link Rows}. */
  static long of(WindowState state, WindowRows rows) {
    return rows.allTakePart() ? rows.size() : ((RowCounter) state).count;
  }

  /** Keeps the number of rows that take part. */
  record Rows() implements StateSpec {
    @Override
    public boolean isNeeded(boolean allTakePart) {
      return !allTakePart;
    }

    @Override
    public WindowState newState() {
      return new RowCounter();
    }
  }

  private static final class RowCounter implements WindowState {
    private long count;

    @Override
    public void enter(WindowRows rows, int row) {
      count++;
    }

    @Override
    public void leave(WindowRows rows, int row) {
      count--;
    }

    @Override
    public void clear() {
      count = 0;
    }
  }
}
