package dev.lockstep.kernel;

import dev.lockstep.aggregate.index.IndexedRows;
import dev.lockstep.aggregate.index.LogIndex;
import dev.lockstep.value.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a log that take part in the features of some inputs under a filter, in the log's
 * order: so the n-th from either end of any window is found by halving, however rare they are.
 */
final class MatchingRows implements LogIndex {
  private final EventLog log;
  private final ColumnVector[] inputs;
  private final @Nullable ColumnVector filter;
  private int[] rows = new int[8];
  private int first;
  private int last;

  /** Null until there was a tie. */
  private @Nullable TieOrder order;

  /** Those of a log's rows. */
  MatchingRows(EventLog log, ColumnVector[] inputs, @Nullable ColumnVector filter) {
    this.log = log;
    this.inputs = inputs;
    this.filter = filter;
    for (int row = log.begin(); row < log.end(); row++) {
      inserted(row);
    }
  }

  /** The n-th newest of the rows {@code [from, to)} in the window's order, or -1. */
  int newest(int n, int from, int to) {
    int place = firstFrom(to) - n;
    return place >= firstFrom(from) ? inOrder(place) : -1;
  }

  /** The n-th oldest of the rows {@code [from, to)} in the window's order, or -1. */
  int oldest(int n, int from, int to) {
    int place = firstFrom(from) + n - 1;
    return place < firstFrom(to) ? inOrder(place) : -1;
  }

  private int inOrder(int place) {
    // Without inputs rows of a tie are all alike: they are read for their time alone.
    if (inputs.length == 0 || !log.hasTies()) {
      return rows[place];
    }
    if (order == null) {
      order = TieOrder.over(p -> rows[p], log, inputs);
      order.hold(first, last);
    }
    return rows[order.at(place)];
  }

  private boolean holds(int row) {
    if (filter != null && !IndexedRows.isTrue(filter, row)) {
      return false;
    }
    for (ColumnVector input : inputs) {
      if (input.isNull(row)) {
        return false;
      }
    }
    return true;
  }

  /** Where the first of them at or behind a row is. */
  private int firstFrom(int row) {
    if (last > first && rows[last - 1] < row) {
      return last; // as for every window that ends now
    }
    int low = first;
    int high = last;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows[middle] >= row) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  @Override
  public void inserted(int row) {
    int place = last;
    while (place > first && rows[place - 1] >= row) {
      place--;
      rows[place]++;
    }
    if (!holds(row)) {
      return;
    }
    if (last == rows.length) {
      rows = Arrays.copyOf(rows, 2 * last);
    }
    System.arraycopy(rows, place, rows, place + 1, last - place);
    rows[place] = row;
    last++;
    if (order != null) {
      order.inserted(place);
    }
  }

  @Override
  public void removing(int row) {
    int place = firstFrom(row);
    if (place < last && rows[place] == row) {
      if (order != null) {
        order.removing(place);
      }
      System.arraycopy(rows, place + 1, rows, place, last - place - 1);
      last--;
    }
    for (int i = place; i < last; i++) {
      rows[i]--;
    }
  }

  @Override
  public void forgetting(int newBegin) {
    int newFirst = firstFrom(newBegin);
    if (order != null) {
      order.forgetting(newFirst);
    }
    first = newFirst;
  }

  @Override
  public void movingDown(int count) {
    if (order != null) {
      order.movingDown(first);
    }
    for (int i = first; i < last; i++) {
      rows[i - first] = rows[i] - count;
    }
    last -= first;
    first = 0;
  }
}
