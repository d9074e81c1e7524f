package dev.lockstep.kernel;

import java.util.function.IntBinaryOperator;

/** Sorts row numbers without boxing them: merges runs, so that equal rows stay as they are. */
final class RowSort {
  private static final int INSERTED = 16;

  private RowSort() {}

  /** Sorts {@code rows[0, size)}. */
  static void sort(int[] rows, int size, IntBinaryOperator order) {
    for (int from = 0; from < size; from += INSERTED) {
      insert(rows, from, Math.min(size, from + INSERTED), order);
    }
    if (size <= INSERTED) {
      return;
    }
    int[] half = new int[size];
    for (long run = INSERTED; run < size; run *= 2) {
      for (long from = 0; from + run < size; from += 2 * run) {
        merge(
            rows,
            (int) from,
            (int) (from + run),
            (int) Math.min(size, from + 2 * run),
            half,
            order);
      }
    }
  }

  private static void insert(int[] rows, int from, int to, IntBinaryOperator order) {
    for (int i = from + 1; i < to; i++) {
      int row = rows[i];
      int place = i;
      while (place > from && order.applyAsInt(rows[place - 1], row) > 0) {
        rows[place] = rows[place - 1];
        place--;
      }
      rows[place] = row;
    }
  }

  private static void merge(
      int[] rows, int from, int middle, int to, int[] half, IntBinaryOperator order) {
    if (order.applyAsInt(rows[middle - 1], rows[middle]) <= 0) {
      return;
    }
    int left = middle - from;
    System.arraycopy(rows, from, half, 0, left);
    int a = 0;
    int b = middle;
    int into = from;
    while (a < left) {
      rows[into++] = b == to || order.applyAsInt(half[a], rows[b]) <= 0 ? half[a++] : rows[b++];
    }
  }
}
