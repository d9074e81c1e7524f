package dev.lockstep.testing;

import dev.lockstep.aggregate.WindowRows;
import dev.lockstep.aggregate.WindowState;
import dev.lockstep.value.ColumnVector;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** A window over columns of its own, as plain as can be: what the laws are checked on. */
final class LawWindow implements WindowRows {
  private final List<ColumnVector> columns;
  private final long[] times;
  private final int from;
  private final int to;
  private final Set<Integer> entered = new TreeSet<>();

  LawWindow(List<ColumnVector> columns, long[] times, int from, int to) {
    this.columns = columns;
    this.times = times;
    this.from = from;
    this.to = to;
  }

  /** The same rows under other bounds. */
  LawWindow between(int otherFrom, int otherTo) {
    return new LawWindow(columns, times, otherFrom, otherTo);
  }

  int rows() {
    return times.length;
  }

  void enter(WindowState state, int row) {
    if (takesPart(row)) {
      state.enter(this, row);
      entered.add(row);
    }
  }

  void leave(WindowState state, int row) {
    if (takesPart(row)) {
      entered.remove(row);
      state.leave(this, row);
    }
  }

  /** Takes note that the state was cleared. */
  void left() {
    entered.clear();
  }

  @Override
  public int from() {
    return from;
  }

  @Override
  public int to() {
    return to;
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  public boolean allTakePart() {
    return columns.isEmpty();
  }

  @Override
  public boolean takesPart(int row) {
    return columns.stream().noneMatch(c -> c.isNull(row));
  }

  @Override
  public int inputs() {
    return columns.size();
  }

  @Override
  public ColumnVector input(int input) {
    return columns.get(input);
  }

  @Override
  public long eventTimeMicros(int row) {
    return times[row];
  }

  @Override
  public long requestTimeMicros() {
    return times.length == 0 ? 0 : times[times.length - 1];
  }

  @Override
  public long afterMicros() {
    return times.length == 0 ? -1 : times[0] - 1;
  }

  @Override
  public long throughMicros() {
    return requestTimeMicros();
  }

  @Override
  public int inOrder(int position) {
    return position;
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
    for (int row = from; row < to; row++) {
      if (takesPart(row)
          && (best < 0 || NaiveOrder.compare(input(0).get(row), input(0).get(best)) * sign > 0)) {
        best = row;
      }
    }
    return best;
  }

  @Override
  public boolean occursElsewhere(int row) {
    return entered.stream()
        .anyMatch(other -> other != row && Objects.equals(input(0).get(other), input(0).get(row)));
  }
}
