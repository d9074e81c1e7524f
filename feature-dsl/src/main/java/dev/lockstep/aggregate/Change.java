package dev.lockstep.aggregate;

import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code change(x)}: the latest value less the one before it in the window's order (C3), nulls left
 * out. LONG of integers and DECIMAL of decimals, null if it doesn't fit; DOUBLE of doubles, rounded
 * once, null if beyond their range. Null under two values.
 */
public record Change() implements Aggregation {

  @Override
  public String name() {
    return "change";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.numbers(inputs);
  }

  @Override
  public Optional<String> rejection(WindowBounds window) {
    return Inputs.atLeast(2, window);
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return inputs.get(0);
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    int previous = rows.newest(2);
    if (previous < 0) {
      out.setNull(index);
      return;
    }
    int latest = rows.newest(1);
    ColumnVector values = rows.input(0);
    if (values.type() == ValueType.DOUBLE) {
      out.setDouble(index, values.getDouble(latest) - values.getDouble(previous));
      return;
    }
    long a = values.bits(latest);
    long b = values.bits(previous);
    long change = a - b;
    if (((a ^ b) & (a ^ change)) < 0) {
      out.setNull(index);
    } else {
      out.setLong(index, change);
    }
  }
}
