package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code min(x)} and {@code max(x)} of numbers and instants. Of the input's type, null over
 * nothing. One monotonic staircase of the log serves all windows.
 *
 * @param greatest which of the two
 */
public record Extreme(boolean greatest) implements Aggregation {

  @Override
  public String name() {
    return greatest ? "max" : "min";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.ordered(inputs.get(0));
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return inputs.get(0);
  }

  @Override
  public Set<LogIndexKind> indexes() {
    return Set.of(greatest ? LogIndexKind.GREATEST : LogIndexKind.LEAST);
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    int row = greatest ? rows.greatestRow() : rows.leastRow();
    if (row < 0) {
      out.setNull(index);
    } else {
      out.setBits(index, rows.input(0).bits(row));
    }
  }
}
