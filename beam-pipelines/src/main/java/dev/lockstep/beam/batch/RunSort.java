package dev.lockstep.beam.batch;

import java.util.Arrays;

/**
 * Sorts numbers by merging the runs that are in order already: what comes from a few sorted files
 * costs a pass for each doubling of their number, and nothing is moved that is in order.
 *
 * <p>A natural merge sort (Knuth, TAOCP 5.2.4, algorithm N), stable.
 */
final class RunSort {
  /** Compares two of the numbers. */
  interface Order {
    int compare(int a, int b);
  }

  private final Order order;
  private int[] scratch = new int[0];
  private int[] ends = new int[16];

  RunSort(Order order) {
    this.order = order;
  }

  /** Sorts a range. */
  void sort(int[] numbers, int from, int to) {
    int runs = findRuns(numbers, from, to);
    if (runs < 2) {
      return;
    }
    if (scratch.length < to - from) {
      scratch = new int[to - from];
    }
    while (runs > 1) {
      int merged = 0;
      int begin = from;
      for (int r = 0; r < runs; r += 2) {
        if (r + 1 < runs) {
          merge(numbers, begin, ends[r], ends[r + 1]);
        }
        begin = ends[Math.min(r + 1, runs - 1)];
        ends[merged++] = begin;
      }
      runs = merged;
    }
  }

  private int findRuns(int[] numbers, int from, int to) {
    int runs = 0;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || order.compare(numbers[i - 1], numbers[i]) > 0) {
        if (runs == ends.length) {
          ends = Arrays.copyOf(ends, runs * 2);
        }
        ends[runs++] = i;
      }
    }
    return runs;
  }

  private void merge(int[] numbers, int from, int middle, int to) {
    int left = middle - from;
    System.arraycopy(numbers, from, scratch, 0, left);
    int a = 0;
    int b = middle;
    int out = from;
    while (a < left && b < to) {
      numbers[out++] = order.compare(scratch[a], numbers[b]) <= 0 ? scratch[a++] : numbers[b++];
    }
    System.arraycopy(scratch, a, numbers, out, left - a);
  }
}
