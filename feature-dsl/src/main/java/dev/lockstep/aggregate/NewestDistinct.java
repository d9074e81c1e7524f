package dev.lockstep.aggregate;

import dev.lockstep.value.JsonText;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code lastKDistinct(x, k)}: the different values that occurred last, newest first, each at its
 * newest occurrence in the window's order (C3). STRING: a JSON list; null over nothing.
 *
 * @param k the greatest number of them
 */
public record NewestDistinct(int k) implements Listing {

  @Override
  public String name() {
    return "last_k_distinct_" + k;
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
    return Cost.WINDOW;
  }

  @Override
  public int size() {
    return k;
  }

  @Override
  public Aggregation element(int place) {
    return new NthNewestDistinct(place);
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    ValueDictionary newest = of(rows, k);
    if (newest.size() == 0) {
      out.setNull(index);
      return;
    }
    JsonText list = JsonText.list();
    for (int i = 0; i < newest.size(); i++) {
      list.add(newest.values(), i);
    }
    out.setString(index, list.end());
  }

  /** At most so many different values, newest first. */
  static ValueDictionary of(WindowRows rows, int most) {
    ValueDictionary newest = new ValueDictionary(rows.input(0).type());
    int from = rows.from();
    for (int position = rows.to() - 1; position >= from && newest.size() < most; position--) {
      int row = rows.inOrder(position);
      if (rows.takesPart(row)) {
        newest.number(rows.input(0), row);
      }
    }
    return newest;
  }
}
