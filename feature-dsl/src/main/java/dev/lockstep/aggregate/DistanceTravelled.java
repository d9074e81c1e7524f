package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code distanceTravelled(latitude, longitude)}: the metres along the positions of the window, in
 * degrees. DOUBLE; 0 over one position, null over nothing, and where one of them is beyond 90
 * degrees of latitude or 180 of longitude.
 *
 * <p>Stepped: d = 0; for each position in the window's order (C3) but the oldest, d = d + {@link
 * Haversine#metres} from the one before.
 */
public record DistanceTravelled() implements Aggregation {

  @Override
  public String name() {
    return "distance_travelled";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.numbers(inputs);
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
    double metres = 0;
    for (int position = rows.from(); position < rows.to(); position++) {
      int row = rows.inOrder(position);
      if (rows.takesPart(row)) {
        // The oldest from itself: 0, or NaN where it isn't on earth.
        metres += Positions.metres(rows, previous < 0 ? row : previous, row);
        previous = row;
      }
    }
    if (previous < 0) {
      out.setNull(index);
    } else {
      out.setDouble(index, metres);
    }
  }
}
