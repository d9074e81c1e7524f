package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * An element of {@code topK(x, k)} or {@code bottomK(x, k)} alone: of the input's type, null where
 * there are fewer values.
 *
 * @param greatest whether the place is counted from the greatest
 * @param place from 1
 */
public record NthRanked(boolean greatest, int place) implements Aggregation {

  @Override
  public String name() {
    return (greatest ? "top_" : "bottom_") + place;
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.ordered(inputs.get(0));
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
    BestFew best = RankedValues.of(rows, greatest, place);
    if (best.size() < place) {
      out.setNull(index);
    } else {
      rows.input(0).get(best.worst(), out, index);
    }
  }
}
