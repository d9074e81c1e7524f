package dev.lockstep.aggregate;

import dev.lockstep.value.JsonText;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code topFrequent(x, k)}: the most frequent values, the most frequent first, of equally frequent
 * ones the least. STRING: a JSON list; null over nothing.
 *
 * @param k the greatest number of them
 */
public record TopFrequent(int k) implements Listing {

  @Override
  public String name() {
    return "top_frequent_" + k;
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.places(k);
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.STRING;
  }

  @Override
  public Cost cost() {
    return Cost.VALUES;
  }

  @Override
  public int size() {
    return k;
  }

  @Override
  public Aggregation element(int place) {
    return new NthFrequent(place);
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return new Frequencies(inputs.get(0));
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    Frequencies.Table table = (Frequencies.Table) state;
    if (table.present() == 0) {
      out.setNull(index);
      return;
    }
    JsonText list = JsonText.list();
    for (int number : table.mostFrequent(k)) {
      list.add(table.values(), number);
    }
    out.setString(index, list.end());
  }
}
