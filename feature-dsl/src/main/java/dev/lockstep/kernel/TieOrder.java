package dev.lockstep.kernel;

import dev.lockstep.aggregate.index.LogIndex;
import dev.lockstep.value.ColumnVector;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The window's order for one group of features, where time, availability and sequence leave a tie:
 * the values that the features read decide, then whether the row satisfies their filter (C3).
 *
 * <p>It is over positions that hold rows in the log's order. A tie is sorted when it is first asked
 * about, and again only once rows of its own came or went; of each position is kept by how much the
 * one that belongs there is away, which no change elsewhere touches.
 */
final class TieOrder implements LogIndex {
  private static final int UNSORTED = Integer.MIN_VALUE;

  private final EventLog log;
  private final ColumnVector[] inputs;
  private final @Nullable ColumnVector filter;
  private final IntUnaryOperator rows;
  private int[] away = new int[8];
  private int begin;
  private int end;

  private TieOrder(
      EventLog log, ColumnVector[] inputs, @Nullable ColumnVector filter, IntUnaryOperator rows) {
    this.log = log;
    this.inputs = inputs;
    this.filter = filter;
    this.rows = rows;
  }

  /** Over the rows of a log. */
  static TieOrder ofLog(EventLog log, ColumnVector[] inputs, @Nullable ColumnVector filter) {
    return new TieOrder(log, inputs, filter, row -> row);
  }

  /** Over positions that hold some rows of a log. */
  static TieOrder over(IntUnaryOperator rows, EventLog log, ColumnVector[] inputs) {
    return new TieOrder(log, inputs, null, rows);
  }

  /** Takes note of the positions {@code [from, to)}, all that there are. */
  void hold(int from, int to) {
    begin = from;
    end = from;
    for (int position = from; position < to; position++) {
      inserted(position);
    }
  }

  /** The position whose row belongs at a position. */
  int at(int position) {
    if (away[position] == UNSORTED) {
      sort(position);
    }
    return position + away[position];
  }

  private boolean tied(int position, int next) {
    return log.tied(rows.applyAsInt(position), rows.applyAsInt(next));
  }

  private void sort(int position) {
    int start = position;
    while (start > begin && tied(start - 1, start)) {
      start--;
    }
    int behind = position + 1;
    while (behind < end && tied(behind - 1, behind)) {
      behind++;
    }
    int[] sorted = new int[behind - start];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = start + i;
    }
    if (inputs.length > 0) {
      RowSort.sort(
          sorted, sorted.length, this::compare, p -> inputs[0].sortKey(rows.applyAsInt(p)));
    } else {
      RowSort.sort(sorted, sorted.length, this::compare);
    }
    for (int i = 0; i < sorted.length; i++) {
      away[start + i] = sorted[i] - start - i;
    }
  }

  private int compare(int position, int other) {
    int a = rows.applyAsInt(position);
    int b = rows.applyAsInt(other);
    for (ColumnVector input : inputs) {
      int by = input.compare(a, b);
      if (by != 0) {
        return by;
      }
    }
    return filter == null ? 0 : filter.compare(a, b);
  }

  @Override
  public void inserted(int position) {
    if (end >= away.length) {
      away = Arrays.copyOf(away, 2 * (end + 1));
    }
    System.arraycopy(away, position, away, position + 1, end - position);
    end++;
    away[position] = 0;
    boolean first = position == begin || !tied(position - 1, position);
    boolean last = position + 1 == end || !tied(position, position + 1);
    if (!first || !last) {
      away[position] = UNSORTED;
      forgetTie(position, position);
    }
  }

  @Override
  public void removing(int position) {
    forgetTie(position, position);
    System.arraycopy(away, position + 1, away, position, end - position - 1);
    end--;
  }

  /** Marks a tie as unsorted: all of it is, once a neighbour is. */
  private void forgetTie(int from, int to) {
    for (int p = from; p > begin && away[p - 1] != UNSORTED && tied(p - 1, p); p--) {
      away[p - 1] = UNSORTED;
    }
    for (int p = to; p + 1 < end && away[p + 1] != UNSORTED && tied(p, p + 1); p++) {
      away[p + 1] = UNSORTED;
    }
  }

  @Override
  public void forgetting(int newBegin) {
    boolean cutsTie = newBegin > begin && newBegin < end && tied(newBegin - 1, newBegin);
    begin = newBegin;
    if (cutsTie) {
      away[begin] = UNSORTED;
      forgetTie(begin, begin);
    }
  }

  @Override
  public void movingDown(int count) {
    System.arraycopy(away, begin, away, begin - count, end - begin);
    begin -= count;
    end -= count;
  }
}
