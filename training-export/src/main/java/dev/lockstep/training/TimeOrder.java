package dev.lockstep.training;

import java.util.stream.IntStream;

/**
 * The order of rows by event time, then request id; rows alike in both keep their order.
 *
 * <p>Millions of rows are sorted, often nearly in order already: by a bottom-up merge sort of
 * indexes, stable, linear where runs are in order, and without an object a row.
 */
final class TimeOrder {
  private final long[] times;
  private final IdTexts ids;

  private TimeOrder(long[] times, IdTexts ids) {
    this.times = times;
    this.ids = ids;
  }

  /**
   * The indexes of the first {@code size} rows, in order.
   *
   * @param ids of all rows, sealed
   */
  static int[] of(long[] times, IdTexts ids, int size) {
    return new TimeOrder(times, ids).sorted(size);
  }

  private int[] sorted(int size) {
    int[] from = IntStream.range(0, size).toArray();
    int[] to = new int[size];
    for (long width = 1; width < size; width *= 2) {
      for (long start = 0; start < size; start += 2 * width) {
        int middle = (int) Math.min(start + width, size);
        int end = (int) Math.min(start + 2 * width, size);
        merge(from, to, new int[] {(int) start, middle, end});
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private boolean inOrder(int first, int second) {
    long a = times[first];
    long b = times[second];
    return a < b || (a == b && ids.compare(first, second) <= 0);
  }

  /** Merges the sorted ranges [bounds0, bounds1) and [bounds1, bounds2). */
  private void merge(int[] from, int[] to, int[] bounds) {
    int left = bounds[0];
    int right = bounds[1];
    if (right >= bounds[2] || inOrder(from[right - 1], from[right])) {
      System.arraycopy(from, left, to, left, bounds[2] - left);
      return;
    }
    for (int i = left; i < bounds[2]; i++) {
      boolean takeLeft =
          left < bounds[1] && (right >= bounds[2] || inOrder(from[left], from[right]));
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }
}
