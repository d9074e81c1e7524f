package dev.lockstep.aggregate;

import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code topSpeed(latitude, longitude)}: the greatest {@link Speed} between consecutive positions
 * of the window. DOUBLE; steps in which no time passed are left out. Null where no step remains,
 * and where a position of one is beyond 90 degrees of latitude or 180 of longitude.
 */
public record TopSpeed() implements Aggregation {

  @Override
  public String name() {
    return "top_speed";
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
  public Cost cost() {
    return Cost.WINDOW;
  }

  @Override
  public Exactness exactness() {
    return Exactness.STEPPED;
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    int previous = -1;
    double top = -1;
    for (int position = rows.from(); position < rows.to(); position++) {
      int row = rows.inOrder(position);
      if (rows.takesPart(row)) {
        top = previous < 0 ? top : greater(top, rows, previous, row);
        previous = row;
      }
    }
    if (top == -1) {
      out.setNull(index);
    } else {
      out.setDouble(index, top);
    }
  }

  /** NaN once a position is none on earth. */
  private static double greater(double top, WindowRows rows, int from, int to) {
    return rows.eventTimeMicros(from) != rows.eventTimeMicros(to)
        ? Math.max(top, Positions.speed(rows, from, to))
        : Double.isNaN(Positions.metres(rows, from, to)) ? Double.NaN : top;
  }
}
