package dev.lockstep.examples.habits;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.Exactness;
import dev.lockstep.aggregate.LogIndexKind;
import dev.lockstep.aggregate.WindowRows;
import dev.lockstep.aggregate.WindowState;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An aggregation of one's own: half of the least and the greatest value's sum, in doubles. */
// region midrange
public record Midrange() implements Aggregation {

  @Override
  public String name() {
    return "midrange";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return inputs.get(0) == ValueType.DOUBLE ? Optional.empty() : Optional.of("give a double");
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
  }

  @Override
  public Exactness exactness() {
    return Exactness.STEPPED;
  }

  @Override
  public Set<LogIndexKind> indexes() {
    return Set.of(LogIndexKind.LEAST, LogIndexKind.GREATEST);
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    int least = rows.leastRow();
    if (least < 0) {
      out.setNull(index);
      return;
    }
    double low = rows.input(0).getDouble(least);
    double high = rows.input(0).getDouble(rows.greatestRow());
    out.setDouble(index, low / 2 + high / 2);
  }
}
// endregion
