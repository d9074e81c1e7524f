package dev.lockstep.aggregate;

import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code speed(latitude, longitude)}: the metres per second from the previous position of the
 * window, in degrees, to the newest. DOUBLE; null under two positions, where no time passed between
 * them, and where one of the two is beyond 90 degrees of latitude or 180 of longitude.
 *
 * <p>Stepped: {@link Haversine#metres} divided by the seconds, which are rounded once.
 */
public record Speed() implements Aggregation {

  @Override
  public String name() {
    return "speed";
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
    return ValueType.DOUBLE;
  }

  @Override
  public Exactness exactness() {
    return Exactness.STEPPED;
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    int previous = rows.newest(2);
    if (previous < 0) {
      out.setNull(index);
    } else {
      out.setDouble(index, Positions.speed(rows, previous, rows.newest(1)));
    }
  }
}
