package dev.lockstep.aggregate;

import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code gapMean()}: the mean seconds between consecutive events of the window, (newest - oldest) /
 * (events - 1), rounded once. DOUBLE, null under two events.
 */
public record GapMean() implements Aggregation {

  @Override
  public String name() {
    return "gap_mean";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.any();
  }

  @Override
  public Optional<String> rejection(WindowBounds window) {
    return Inputs.atLeast(2, window);
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return new Count.Rows();
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    int events = (int) Count.of(state, rows);
    if (events < 2) {
      out.setNull(index);
      return;
    }
    long first = rows.eventTimeMicros(rows.oldest(1));
    long last = rows.eventTimeMicros(rows.newest(1));
    out.setDouble(index, Elapsed.secondsEach(first, last, events - 1));
  }
}
