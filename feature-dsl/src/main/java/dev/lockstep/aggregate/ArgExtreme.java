package dev.lockstep.aggregate;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code argMin(value, by)} and {@code argMax(value, by)}: the value of the event with the least or
 * greatest {@code by}, a number or an instant; of equal ones the latest in the window's order (C3).
 * Of the value's type, null over nothing; events with a null in either take no part.
 *
 * <p>The inputs are {@code by}, then the value. The log's staircases don't serve: they give any of
 * equal ones, and know nothing of a second input's nulls.
 *
 * @param greatest which of the two
 */
public record ArgExtreme(boolean greatest) implements Aggregation {

  @Override
  public String name() {
    return greatest ? "arg_max" : "arg_min";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.ordered(inputs.get(0));
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return inputs.get(1);
  }

  @Override
  public Cost cost() {
    return Cost.WINDOW;
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    ColumnVector by = rows.input(0);
    int best = -1;
    for (int position = rows.from(); position < rows.to(); position++) {
      int row = rows.inOrder(position);
      if (rows.takesPart(row) && (best < 0 || isAsGood(by.compare(row, best)))) {
        best = row;
      }
    }
    if (best < 0) {
      out.setNull(index);
    } else {
      rows.input(1).get(best, out, index);
    }
  }

  private boolean isAsGood(int comparison) {
    return greatest ? comparison >= 0 : comparison <= 0;
  }
}
