package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.ExactRatio;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code topShare(x)}: the share of events that hold the most frequent value, rounded once: 1 where
 * all are equal. DOUBLE, null over nothing.
 */
public record TopShare() implements Aggregation {

  @Override
  public String name() {
    return "top_share";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.any();
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
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
    } else {
      int most = table.count(table.mostFrequent(1)[0]);
      out.setDouble(index, ExactRatio.round(most, table.events()));
    }
  }
}
