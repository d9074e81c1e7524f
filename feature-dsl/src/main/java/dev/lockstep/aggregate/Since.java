package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code sinceLast()} and {@code sinceFirst()}: the seconds from the newest or oldest event of the
 * window to the request's event time, rounded once. DOUBLE, null over nothing.
 *
 * @param newest which of the two
 */
public record Since(boolean newest) implements Aggregation {

  @Override
  public String name() {
    return newest ? "since_last" : "since_first";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.any();
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    int row = newest ? rows.newest(1) : rows.oldest(1);
    if (row < 0) {
      out.setNull(index);
    } else {
      out.setDouble(index, Elapsed.seconds(rows.eventTimeMicros(row), rows.requestTimeMicros()));
    }
  }
}
