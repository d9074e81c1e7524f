package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code entropy(x)}: Shannon's entropy of the values' distribution, in nats: 0 where all are
 * equal, ln n where n all differ. DOUBLE, null over nothing.
 *
 * <p>Stepped: h = 0; for each value in value order, p = count / events, h = h - p * ln p ({@link
 * StrictMath}).
 *
 * <p>C. E. Shannon, "A Mathematical Theory of Communication", Bell System Technical Journal 27,
 * 1948.
 */
public record Entropy() implements Aggregation {

  @Override
  public String name() {
    return "entropy";
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
  public Exactness exactness() {
    return Exactness.STEPPED;
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
    double entropy = 0;
    for (int number : table.inValueOrder()) {
      double share = (double) table.count(number) / table.events();
      entropy -= share * StrictMath.log(share);
    }
    out.setDouble(index, entropy);
  }
}
