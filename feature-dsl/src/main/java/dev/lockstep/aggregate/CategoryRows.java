package dev.lockstep.aggregate;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The rows of a window that are of one category, without the category as an input. */
final class CategoryRows implements WindowRows {
  private final WindowRows window;
  private final List<Integer> rows;

  /** What the rows that have entered hold. */
  private final Set<Object> entered = new HashSet<>();

  /**
   * @param rows all of them take part, in the window's order
   */
  CategoryRows(WindowRows window, List<Integer> rows) {
    this.window = window;
    this.rows = rows;
  }

  /** The inner aggregation's result, from a state of its own. */
  void finish(Aggregation inner, List<dev.lockstep.value.ValueType> inputs, Values result) {
    StateSpec spec = inner.state(inputs);
    WindowState state = spec.newState();
    if (spec.isNeeded(allTakePart())) {
      for (int row : rows) {
        state.enter(this, row);
        if (inner.indexes().contains(LogIndexKind.OCCURRENCES)) {
          entered.add(Objects.requireNonNull(input(0).get(row)));
        }
      }
    }
    inner.finish(state, this, result, 0);
  }

  @Override
  public int from() {
    return 0;
  }

  @Override
  public int to() {
    return rows.size();
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public boolean allTakePart() {
    return true;
  }

  @Override
  public boolean takesPart(int row) {
    return true;
  }

  @Override
  public int inputs() {
    return window.inputs() - 1;
  }

  @Override
  public ColumnVector input(int input) {
    return window.input(input + 1);
  }

  @Override
  public long eventTimeMicros(int row) {
    return window.eventTimeMicros(row);
  }

  @Override
  public long requestTimeMicros() {
    return window.requestTimeMicros();
  }

  @Override
  public long afterMicros() {
    return window.afterMicros();
  }

  @Override
  public long throughMicros() {
    return window.throughMicros();
  }

  @Override
  public int inOrder(int position) {
    return rows.get(position);
  }

  @Override
  public int leastRow() {
    return extreme(-1);
  }

  @Override
  public int greatestRow() {
    return extreme(1);
  }

  private int extreme(int sign) {
    int best = -1;
    for (int row : rows) {
      if (best < 0 || input(0).compare(row, best) * sign > 0) {
        best = row;
      }
    }
    return best;
  }

  @Override
  public boolean occursElsewhere(int row) {
    return entered.contains(Objects.requireNonNull(input(0).get(row)));
  }
}
