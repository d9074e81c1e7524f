package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * An element of {@code lastKDistinct(x, k)} alone: of the input's type, null where there are fewer
 * different values.
 *
 * @param place from 1, the newest
 */
public record NthNewestDistinct(int place) implements Aggregation {

  @Override
  public String name() {
    return "last_distinct_" + place;
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
  public Cost cost() {
    return Cost.WINDOW;
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    ValueDictionary newest = NewestDistinct.of(rows, place);
    if (newest.size() < place) {
      out.setNull(index);
    } else {
      newest.values().get(place - 1, out, index);
    }
  }
}
