package dev.lockstep.aggregate;

import dev.lockstep.value.JsonText;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code histogram(x)}: how often each value occurs. STRING: a JSON object with the values as keys,
 * in their order, and the counts; null over nothing.
 */
public record Histogram() implements Aggregation {

  @Override
  public String name() {
    return "histogram";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.any();
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.STRING;
  }

  @Override
  public boolean givesJson() {
    return true;
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
    if (table.present() == 0) {
      out.setNull(index);
      return;
    }
    JsonText map = JsonText.map();
    for (int number : table.inValueOrder()) {
      map.key(table.values(), number).value(table.count(number));
    }
    out.setString(index, map.end());
  }
}
