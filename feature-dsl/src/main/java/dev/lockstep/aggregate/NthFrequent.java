package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code mode(x)} and the elements of {@code topFrequent(x, k)}: the value at a place among the
 * most frequent; of equally frequent ones the least first. Of the input's type, null where there
 * are fewer different values.
 *
 * @param place from 1, the most frequent
 */
public record NthFrequent(int place) implements Aggregation {

  @Override
  public String name() {
    return place == 1 ? "mode" : "frequent_" + place;
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
    return Cost.VALUES;
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return new Frequencies(inputs.get(0));
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    Frequencies.Table table = (Frequencies.Table) state;
    if (table.present() < place) {
      out.setNull(index);
    } else {
      table.values().get(table.mostFrequent(place)[place - 1], out, index);
    }
  }
}
