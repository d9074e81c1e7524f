package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code distinct(x)}: the exact number of different values. LONG, 0 over nothing, O(1) a row, one
 * map entry a value.
 */
public record Distinct() implements Aggregation {

  @Override
  public String name() {
    return "distinct";
  }

  @Override
  public Optional<String> rejection(ValueType input) {
    return Optional.empty();
  }

  @Override
  public ValueType resultType(ValueType input) {
    return ValueType.LONG;
  }

  @Override
  public WindowState newState(ValueType input) {
    return new State();
  }

  private static final class State implements WindowState {
    private final Map<Object, Integer> occurrences = new HashMap<>();

    @Override
    public void add(ColumnVector column, int row) {
      if (!column.isNull(row)) {
        occurrences.merge(valueOf(column, row), 1, Integer::sum);
      }
    }

    @Override
    public void remove(ColumnVector column, int row) {
      if (!column.isNull(row)) {
        occurrences.computeIfPresent(valueOf(column, row), (v, n) -> n == 1 ? null : n - 1);
      }
    }

    @Override
    public void clear() {
      occurrences.clear();
    }

    @Override
    public void finish(ColumnVector column, WindowRange range, Values out, int index) {
      out.setLong(index, occurrences.size());
    }

    private static Object valueOf(ColumnVector column, int row) {
      return column.type() == ValueType.STRING
          ? Objects.requireNonNull(column.getString(row))
          : (Object) column.bits(row);
    }
  }
}
