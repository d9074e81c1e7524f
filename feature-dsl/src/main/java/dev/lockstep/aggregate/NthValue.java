package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code first(x)}, {@code last(x)} and {@code previous(x)}: the value at a place from an end of
 * the window's order (C3), nulls left out. Of the input's type, null where there are fewer values.
 *
 * @param fromEnd whether the place is counted from the newest
 * @param place from 1
 */
public record NthValue(boolean fromEnd, int place) implements Aggregation {

  @Override
  public String name() {
    if (fromEnd) {
      return place == 1 ? "last" : place == 2 ? "previous" : "last_" + place;
    }
    return place == 1 ? "first" : "first_" + place;
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.any();
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return inputs.get(0);
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    int row = fromEnd ? rows.newest(place) : rows.oldest(place);
    if (row < 0) {
      out.setNull(index);
    } else {
      rows.input(0).get(row, out, index);
    }
  }
}
