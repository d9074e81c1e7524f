package dev.lockstep.kernel;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * Row numbers of which the least can be taken out: a binary heap.
 *
 * <p>J. W. J. Williams, "Algorithm 232: Heapsort", CACM 7 (6), 1964.
 */
final class RowHeap {
  private final IntBinaryOperator order;
  private int[] rows = new int[8];
  private int size;

  /** No rows. */
  RowHeap(IntBinaryOperator order) {
    this.order = order;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** The least row; only where there is one. */
  int least() {
    return rows[0];
  }

  void add(int row) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    int place = size++;
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      if (order.applyAsInt(rows[parent], row) <= 0) {
        break;
      }
      rows[place] = rows[parent];
      place = parent;
    }
    rows[place] = row;
  }

  /** Takes out the least row. */
  int take() {
    int least = rows[0];
    int row = rows[--size];
    int place = 0;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && order.applyAsInt(rows[child + 1], rows[child]) < 0) {
        child++;
      }
      if (order.applyAsInt(row, rows[child]) <= 0) {
        break;
      }
      rows[place] = rows[child];
      place = child;
    }
    rows[place] = row;
    return least;
  }
}
