package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code streak(x)}: how many of the newest events in a row have a true value, nulls left out.
 * LONG; 0 over nothing, and where the newest is false.
 */
public record Streak() implements Aggregation {

  @Override
  public String name() {
    return "streak";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return inputs.get(0) == ValueType.BOOLEAN
        ? Inputs.any()
        : Optional.of("count a boolean's streak: one of the record, or Column.computed(...)");
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.LONG;
  }

  @Override
  public Cost cost() {
    return Cost.WINDOW;
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    long streak = 0;
    for (int position = rows.to() - 1; position >= rows.from(); position--) {
      int row = rows.inOrder(position);
      if (rows.takesPart(row)) {
        if (rows.input(0).bits(row) == 0) {
          break;
        }
        streak++;
      }
    }
    out.setLong(index, streak);
  }
}
