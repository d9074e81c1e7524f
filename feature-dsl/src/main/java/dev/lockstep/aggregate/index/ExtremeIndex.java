package dev.lockstep.aggregate.index;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The greatest (or least) value of any run of rows: a monotonic staircase from the newest row back,
 * which every window that ends with the newest row shares.
 *
 * <p>A step is a row whose value is greater than all behind it; the first step at or after a
 * window's start is its greatest. New rows pop the steps that they top, so a row costs O(1)
 * amortised and a read O(log steps). A window that ends before the newest row asks a tree over the
 * rows, made when it is first needed, if what tops its own lies behind its end.
 *
 * <p>D. Lemire, "Streaming maximum-minimum filter using no more than three comparisons per
 * element", Nordic Journal of Computing 13, 2006.
 */
public final class ExtremeIndex implements LogIndex {
  private static final int LOOKED_AT = 8;

  private final IndexedRows rows;
  private final boolean greatest;
  private int[] steps = new int[8];
  private int begin;
  private int first;
  private int last;

  /** Null until a window asks for what no step says. */
  private @Nullable ExtremeTree tree;

  // How the steps were before the newest of them came, while nothing else changed: a request's own
  // event goes again where the next request doesn't know it.
  private int undoRow = -1;
  private int undoPlace;
  private int undoStep;
  private int undoLast;

  /**
   * An index over no rows.
   *
   * @param greatest whether it finds the greatest or the least
   */
  public ExtremeIndex(IndexedRows rows, boolean greatest) {
    this.rows = rows;
    this.greatest = greatest;
  }

  /**
   * The step of the extreme of the rows from {@code from} on.
   *
   * @param guess what this gave for the same window before: mostly it is the same again
   */
  public int stepFrom(int from, int guess) {
    boolean same =
        guess >= first
            && guess < last
            && steps[guess] >= from
            && (guess == first || steps[guess - 1] < from);
    return same ? guess : firstStepFrom(from);
  }

  /**
   * The row of the extreme of {@code [from, to)} in a log that ends at {@code end}; -1 if none.
   *
   * @param step of {@link #stepFrom} for {@code from}
   */
  public int extreme(int step, int from, int to, int end) {
    int row = step < last ? steps[step] : -1;
    if (row < 0 || row < to) {
      return row; // no rows at all from there on, or the extreme of more than was asked
    }
    return to == end ? -1 : tree().extremeOf(from, to);
  }

  private ExtremeTree tree() {
    if (tree == null) {
      tree = new ExtremeTree(this);
    }
    return tree;
  }

  private void changed(int row) {
    undoRow = -1;
    if (tree != null) {
      tree.changed(row);
    }
  }

  boolean holds(int row) {
    return rows.holds(row);
  }

  /** The row of the extreme of those rows of {@code [from, to)} that count; -1 if none does. */
  public int extremeOf(int from, int to, IntPredicate counts) {
    int best = -1;
    for (int row = to - 1; row >= from; row--) {
      if (counts.test(row) && (best < 0 || tops(row, best))) {
        best = row;
      }
    }
    return best;
  }

  @Override
  public void inserted(int row) {
    changed(row);
    int place = last;
    while (place > first && steps[place - 1] >= row) {
      place--;
      steps[place]++;
    }
    if (rows.holds(row)) {
      step(row, place);
    }
  }

  /** Makes a row a step before those behind it, unless they top it. */
  private void step(int row, int place) {
    if (place < last && !tops(row, steps[place])) {
      return;
    }
    int from = firstToppedBy(row, place);
    if (place == last) {
      undoLast = last - first;
      undoStep = from < last ? steps[from] : row;
    }
    boolean isNewest = place == last;
    int at = replace(from, place, row);
    if (isNewest) {
      undoRow = row;
      undoPlace = at;
    }
  }

  /** The first of the steps before a place that a row tops, or equals: they descend. */
  private int firstToppedBy(int row, int place) {
    int from = place;
    int near = Math.max(first, place - LOOKED_AT);
    while (from > near && !tops(steps[from - 1], row)) {
      from--;
    }
    if (from > near || near == first) {
      return from;
    }
    int low = first;
    int high = from;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tops(steps[middle], row)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public void removing(int row) {
    if (row == undoRow) {
      steps[undoPlace] = undoStep;
      last = first + undoLast;
      changed(row);
      return;
    }
    int place = firstStepFrom(row);
    if (place < last && steps[place] == row) {
      int lowest = place > first ? steps[place - 1] + 1 : begin;
      System.arraycopy(steps, place + 1, steps, place, last - place - 1);
      last--;
      uncover(lowest, row, place);
    }
    for (int i = firstStepFrom(row + 1); i < last; i++) {
      steps[i]--;
    }
    changed(row);
  }

  /** What a row topped, back to the step before it, may be steps now. */
  private void uncover(int lowest, int row, int before) {
    int place = before;
    int from = lowest;
    while (from < row) {
      int hidden =
          row - from <= LOOKED_AT ? extremeOf(from, row, rows::holds) : tree().extremeOf(from, row);
      if (hidden < 0 || (place < last && !tops(hidden, steps[place]))) {
        return;
      }
      place = insert(place, hidden) + 1;
      from = hidden + 1;
    }
  }

  @Override
  public void forgetting(int newBegin) {
    undoRow = -1;
    begin = newBegin;
    while (first < last && steps[first] < newBegin) {
      first++;
    }
  }

  @Override
  public void movingDown(int count) {
    changed(0);
    begin -= count;
    for (int i = first; i < last; i++) {
      steps[i] -= count;
    }
  }

  /** Puts a row in the place of the steps {@code [from, to)}; returns its own. */
  private int replace(int from, int to, int row) {
    if (from == to) {
      return insert(from, row);
    }
    steps[from] = row;
    System.arraycopy(steps, to, steps, from + 1, last - to);
    last -= to - from - 1;
    return from;
  }

  /** Puts a row before a place; returns its own, which making room may have moved. */
  private int insert(int before, int row) {
    int oldFirst = first;
    room();
    int place = before + first - oldFirst;
    System.arraycopy(steps, place, steps, place + 1, last - place);
    steps[place] = row;
    last++;
    return place;
  }

  private void room() {
    if (last < steps.length) {
      return;
    }
    int size = last - first;
    int[] into = size > steps.length / 2 ? new int[steps.length * 2] : steps;
    System.arraycopy(steps, first, into, 0, size);
    steps = into;
    first = 0;
    last = size;
  }

  private int firstStepFrom(int row) {
    int low = first;
    int high = last;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (steps[middle] >= row) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Whether the value of a row is beyond that of another, so that equal ones don't top. */
  boolean tops(int row, int other) {
    ColumnVector column = rows.column();
    int order =
        column.type() == ValueType.DOUBLE
            ? Double.compare(column.getDouble(row), column.getDouble(other))
            : Long.compare(column.bits(row), column.bits(other));
    return greatest ? order > 0 : order < 0;
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOfRange(steps, first, last));
  }
}
