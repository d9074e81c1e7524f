package dev.lockstep.training;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The order of rows by event time, then request id; rows alike in both keep their order.
 *
 * <p>Millions of rows are sorted, often nearly in order already: by time without an object a row,
 * and only rows of one time by their ids.
 */
final class TimeOrder {
  private TimeOrder() {}

  /** The indexes of the first {@code size} rows, in order. */
  static int[] of(long[] times, String[] ids, int size) {
    int[] order = byTime(times, size);
    int end;
    for (int start = 0; start < size; start = end) {
      end = start + 1;
      while (end < size && times[order[end]] == times[order[start]]) {
        end++;
      }
      if (end - start > 1) {
        sortById(order, start, end, ids);
      }
    }
    return order;
  }

  private static void sortById(int[] order, int start, int end, String[] ids) {
    int[] tied =
        Arrays.stream(order, start, end)
            .boxed()
            .sorted(Comparator.comparing(r -> ids[r]))
            .mapToInt(Integer::intValue)
            .toArray();
    System.arraycopy(tied, 0, order, start, tied.length);
  }

  /** A bottom-up merge sort of indexes: stable, and linear where runs are in order. */
  private static int[] byTime(long[] times, int size) {
    int[] from = IntStream.range(0, size).toArray();
    int[] to = new int[size];
    for (long width = 1; width < size; width *= 2) {
      for (long start = 0; start < size; start += 2 * width) {
        int middle = (int) Math.min(start + width, size);
        int end = (int) Math.min(start + 2 * width, size);
        merge(times, from, to, new int[] {(int) start, middle, end});
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  /** Merges the sorted ranges [bounds0, bounds1) and [bounds1, bounds2). */
  private static void merge(long[] times, int[] from, int[] to, int[] bounds) {
    int left = bounds[0];
    int right = bounds[1];
    if (right >= bounds[2] || times[from[right - 1]] <= times[from[right]]) {
      System.arraycopy(from, left, to, left, bounds[2] - left);
      return;
    }
    for (int i = left; i < bounds[2]; i++) {
      boolean takeLeft =
          left < bounds[1] && (right >= bounds[2] || times[from[left]] <= times[from[right]]);
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }
}
