package dev.lockstep.aggregate;

import dev.lockstep.value.JsonText;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code firstK(x, k)} and {@code lastK(x, k)}: the values nearest to an end of the window's order
 * (C3), from that end on, nulls left out. STRING: a JSON list; null over nothing.
 *
 * @param fromEnd whether they are the newest, newest first
 * @param k the greatest number of them
 */
public record EndValues(boolean fromEnd, int k) implements Listing {
  /** More than so many that take no part aren't passed one by one. */
  private static final int LOOKED_AT = 32;

  @Override
  public String name() {
    return (fromEnd ? "last_k_" : "first_k_") + k;
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
    return new NthValue(fromEnd, place);
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    JsonText list = JsonText.list();
    int found = 0;
    int passed = 0;
    int step = fromEnd ? -1 : 1;
    int position = fromEnd ? rows.to() - 1 : rows.from();
    while (found < k && position >= rows.from() && position < rows.to()) {
      int row = rows.inOrder(position);
      if (rows.takesPart(row)) {
        list.add(rows.input(0), row);
        found++;
      } else if (++passed > LOOKED_AT) {
        found = addRest(rows, found, list);
        break;
      }
      position += step;
    }
    if (found == 0) {
      out.setNull(index);
    } else {
      out.setString(index, list.end());
    }
  }

  /** Adds what is left where most take no part, one by one. */
  private int addRest(WindowRows rows, int found, JsonText list) {
    for (int place = found + 1; place <= k; place++) {
      int row = fromEnd ? rows.newest(place) : rows.oldest(place);
      if (row < 0) {
        return place - 1;
      }
      list.add(rows.input(0), row);
    }
    return k;
  }
}
