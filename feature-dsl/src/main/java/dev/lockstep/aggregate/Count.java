package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Optional;

/** {@code count()}: the number of events, nulls or not. LONG, 0 over nothing, O(1), no state. */
public record Count() implements Aggregation {
  private static final WindowState STATE =
      new WindowState() {
        @Override
        public void finish(ColumnVector column, WindowRange range, Values out, int index) {
          out.setLong(index, range.to() - range.from());
        }
      };

  @Override
  public String name() {
    return "count";
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
    return STATE;
  }
}
