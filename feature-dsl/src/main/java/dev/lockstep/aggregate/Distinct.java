package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code distinct(x)}: the exact number of different values. LONG, 0 over nothing.
 *
 * <p>The log links the occurrences of equal values, for all windows at once: a row that enters is a
 * new value unless one of its neighbours on that chain is in the window already.
 */
public record Distinct() implements Aggregation {

  @Override
  public String name() {
    return "distinct";
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
  public Set<LogIndexKind> indexes() {
    return Set.of(LogIndexKind.OCCURRENCES);
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return new DistinctValues();
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    out.setLong(index, ((Counter) state).count);
  }

  /** Keeps the number of different values. */
  record DistinctValues() implements StateSpec {
    @Override
    public WindowState newState() {
      return new Counter();
    }
  }

  private static final class Counter implements WindowState {
    private long count;

    @Override
    public void enter(WindowRows rows, int row) {
      if (!rows.occursElsewhere(row)) {
        count++;
      }
    }

    @Override
    public void leave(WindowRows rows, int row) {
      if (!rows.occursElsewhere(row)) {
        count--;
      }
    }

    @Override
    public void clear() {
      count = 0;
    }
  }
}
