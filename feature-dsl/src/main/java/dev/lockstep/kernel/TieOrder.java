package dev.lockstep.kernel;

import dev.lockstep.value.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * The window's order for one group of features, where time, availability and sequence leave a tie:
 * the values that the features read decide, then whether the row satisfies their filter (C3).
 *
 * <p>Ties are short; the last one asked about is kept sorted, so that reading a window from one end
 * to the other costs little more than its rows.
 */
final class TieOrder {
  private final EventLog log;
  private final ColumnVector[] inputs;
  private final @Nullable ColumnVector filter;
  private int[] sorted = new int[4];
  private int low;
  private int high;
  private int version = -1;

  TieOrder(EventLog log, ColumnVector[] inputs, @Nullable ColumnVector filter) {
    this.log = log;
    this.inputs = inputs;
    this.filter = filter;
  }

  /** The row at a position of the rows {@code [from, to)}. */
  int at(int position, int from, int to) {
    if (version == log.version() && low <= position && position < high && high <= to) {
      return sorted[position - low];
    }
    int start = position;
    while (start > from && log.tied(start - 1, start)) {
      start--;
    }
    int behind = position + 1;
    while (behind < to && log.tied(behind - 1, behind)) {
      behind++;
    }
    if (behind - start == 1) {
      return position;
    }
    sort(start, behind);
    return sorted[position - low];
  }

  private void sort(int start, int behind) {
    low = start;
    high = behind;
    version = log.version();
    if (sorted.length < behind - start) {
      sorted = new int[behind - start];
    }
    for (int row = start; row < behind; row++) {
      int place = row - start;
      while (place > 0 && compare(sorted[place - 1], row) > 0) {
        sorted[place] = sorted[place - 1];
        place--;
      }
      sorted[place] = row;
    }
  }

  private int compare(int a, int b) {
    for (ColumnVector input : inputs) {
      int by = input.compare(a, b);
      if (by != 0) {
        return by;
      }
    }
    return filter == null ? 0 : filter.compare(a, b);
  }
}
