package dev.lockstep.aggregate;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.JsonText;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code topK(x, k)} and {@code bottomK(x, k)} of numbers and instants: the greatest values,
 * greatest first, or the least, least first; equal ones as often as they occur. STRING: a JSON
 * list; null over nothing.
 *
 * @param greatest which of the two
 * @param k the greatest number of them
 */
public record RankedValues(boolean greatest, int k) implements Listing {

  @Override
  public String name() {
    return (greatest ? "top_k_" : "bottom_k_") + k;
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.places(k).or(() -> Inputs.ordered(inputs.get(0)));
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
    return place == 1 ? new Extreme(greatest) : new NthRanked(greatest, place);
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    int[] best = of(rows, greatest, k).take();
    if (best.length == 0) {
      out.setNull(index);
      return;
    }
    JsonText list = JsonText.list();
    for (int row : best) {
      list.add(rows.input(0), row);
    }
    out.setString(index, list.end());
  }

  /** The rows of at most so many extreme values. */
  static BestFew of(WindowRows rows, boolean greatest, int most) {
    ColumnVector values = rows.input(0);
    BestFew best = new BestFew(most, greatest ? (a, b) -> values.compare(b, a) : values::compare);
    for (int position = rows.from(); position < rows.to(); position++) {
      int row = rows.inOrder(position);
      if (rows.takesPart(row)) {
        best.offer(row);
      }
    }
    return best;
  }
}
