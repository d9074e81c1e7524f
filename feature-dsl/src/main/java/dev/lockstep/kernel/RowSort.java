package dev.lockstep.kernel;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.function.IntToLongFunction;

/**
 * Sorts row numbers without boxing them, so that equal rows stay as they are: few by merging runs,
 * many first by a number for each, digit by digit.
 *
 * <p>D. E. Knuth, The Art of Computer Programming 3, 5.2.4 (merging) and 5.2.5 (digits).
 */
final class RowSort {
  private static final int INSERTED = 16;
  private static final int BY_DIGITS_FROM = 256;
  private static final int DIGITS = 256;

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

  /**
   * Sorts {@code rows[0, size)}.
   *
   * @param keys what orders rows first: a key that is less means a row that is less by {@code
   *     order}, equal ones mean nothing. The first that tells any two rows apart is used.
   */
  static void sort(int[] rows, int size, IntBinaryOperator order, IntToLongFunction... keys) {
    if (size >= BY_DIGITS_FROM) {
      for (IntToLongFunction key : keys) {
        if (sortByDigits(rows, size, order, key)) {
          return;
        }
      }
    }
    sort(rows, size, order);
  }

  /** Returns false, with nothing done, if the key is the same for all rows. */
  private static boolean sortByDigits(
      int[] rows, int size, IntBinaryOperator order, IntToLongFunction key) {
    long[] keys = new long[size];
    long differing = 0;
    for (int i = 0; i < size; i++) {
      keys[i] = key.applyAsLong(rows[i]) ^ Long.MIN_VALUE; // so that its digits order it
      differing |= keys[i] ^ keys[0];
    }
    if (differing == 0) {
      return false;
    }
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      if ((differing >>> shift & (DIGITS - 1)) != 0) {
        keys = sortByDigit(rows, keys, shift);
      }
    }
    int from = 0;
    for (int to = 1; to <= size; to++) {
      if (to == size || keys[to] != keys[from]) {
        sortRun(rows, from, to, order);
        from = to;
      }
    }
    return true;
  }

  /** Counts the digits, then puts each row behind those of lesser ones; returns the keys so. */
  private static long[] sortByDigit(int[] rows, long[] keys, int shift) {
    int[] next = new int[DIGITS + 1];
    for (long key : keys) {
      next[(int) (key >>> shift & (DIGITS - 1)) + 1]++;
    }
    for (int digit = 0; digit < DIGITS; digit++) {
      next[digit + 1] += next[digit];
    }
    int[] unsorted = Arrays.copyOf(rows, keys.length);
    long[] sorted = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      int place = next[(int) (keys[i] >>> shift & (DIGITS - 1))]++;
      rows[place] = unsorted[i];
      sorted[place] = keys[i];
    }
    return sorted;
  }

  private static void sortRun(int[] rows, int from, int to, IntBinaryOperator order) {
    if (to - from <= INSERTED) {
      insert(rows, from, to, order);
      return;
    }
    int[] run = Arrays.copyOfRange(rows, from, to);
    sort(run, run.length, order);
    System.arraycopy(run, 0, rows, from, run.length);
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
