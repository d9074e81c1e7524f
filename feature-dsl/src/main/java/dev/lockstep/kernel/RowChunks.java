package dev.lockstep.kernel;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Row numbers in an order, in chunks of at most 256: a row that comes or goes costs a binary search
 * and a move within its chunk, however many there are.
 */
final class RowChunks {
  private static final int FIRST_CAPACITY = 8;
  private static final int MOST = 256;

  private final IntBinaryOperator order;
  private int[][] chunks = {new int[FIRST_CAPACITY]};
  private int[] sizes = new int[1];
  private int used = 1;
  private int size;

  /**
   * No rows.
   *
   * @param order a total one: 0 for a row and itself alone
   */
  RowChunks(IntBinaryOperator order) {
    this.order = order;
  }

  int size() {
    return size;
  }

  void clear() {
    if (used > 1) {
      chunks = new int[][] {new int[FIRST_CAPACITY]};
      sizes = new int[1];
      used = 1;
    }
    sizes[0] = 0;
    size = 0;
  }

  /** Holds the first rows of an array, which are in order, and no others. */
  void fill(int[] rows, int count) {
    clear();
    used = Math.max(1, (count + MOST / 2 - 1) / (MOST / 2));
    chunks = new int[used][];
    sizes = new int[used];
    for (int chunk = 0; chunk < used; chunk++) {
      int from = chunk * (MOST / 2);
      int to = Math.min(count, from + MOST / 2);
      chunks[chunk] = Arrays.copyOfRange(rows, from, Math.max(to, from + FIRST_CAPACITY));
      sizes[chunk] = to - from;
    }
    size = count;
  }

  /** Takes in a row behind all others; false, with nothing done, if its place is before one. */
  boolean append(int row) {
    int last = used - 1;
    if (size > 0 && order.applyAsInt(chunks[last][sizes[last] - 1], row) > 0) {
      return false;
    }
    put(row, last, sizes[last], true);
    return true;
  }

  /** Takes in a row. */
  void add(int row) {
    if (!append(row)) {
      int chunk = chunkOf(other -> order.applyAsInt(other, row) < 0);
      put(row, chunk, placeIn(chunk, other -> order.applyAsInt(other, row) < 0), false);
    }
  }

  private void put(int row, int fullChunk, int placeInFull, boolean isLast) {
    int chunk = fullChunk;
    int place = placeInFull;
    if (sizes[chunk] == MOST) {
      split(chunk, isLast);
      if (place > sizes[chunk] || isLast) {
        place -= sizes[chunk];
        chunk++;
      }
    }
    if (sizes[chunk] == chunks[chunk].length) {
      chunks[chunk] = Arrays.copyOf(chunks[chunk], Math.min(MOST, 2 * sizes[chunk]));
    }
    int[] rows = chunks[chunk];
    System.arraycopy(rows, place, rows, place + 1, sizes[chunk] - place);
    rows[place] = row;
    sizes[chunk]++;
    size++;
  }

  /** Makes two of a full chunk: halves, or all and nothing where rows come in order. */
  private void split(int chunk, boolean atEnd) {
    if (used == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * used);
      sizes = Arrays.copyOf(sizes, 2 * used);
    }
    System.arraycopy(chunks, chunk + 1, chunks, chunk + 2, used - chunk - 1);
    System.arraycopy(sizes, chunk + 1, sizes, chunk + 2, used - chunk - 1);
    int kept = atEnd ? MOST : MOST / 2;
    chunks[chunk + 1] =
        Arrays.copyOfRange(chunks[chunk], kept, Math.max(MOST, kept + FIRST_CAPACITY));
    sizes[chunk + 1] = MOST - kept;
    sizes[chunk] = kept;
    used++;
  }

  /** Takes out a row that is there. */
  void remove(int row) {
    int chunk = chunkOf(other -> order.applyAsInt(other, row) < 0);
    int place = placeIn(chunk, other -> order.applyAsInt(other, row) < 0);
    sizes[chunk]--;
    size--;
    System.arraycopy(chunks[chunk], place + 1, chunks[chunk], place, sizes[chunk] - place);
    if (sizes[chunk] == 0 && used > 1) {
      System.arraycopy(chunks, chunk + 1, chunks, chunk, used - chunk - 1);
      System.arraycopy(sizes, chunk + 1, sizes, chunk, used - chunk - 1);
      used--;
    }
  }

  /**
   * The first row that isn't before something; -1 if all are.
   *
   * @param isBefore true of the first rows, false of those behind
   */
  int firstNot(IntPredicate isBefore) {
    int chunk = chunkOf(isBefore);
    int place = placeIn(chunk, isBefore);
    return place < sizes[chunk] ? chunks[chunk][place] : -1;
  }

  /** How many rows are before something. */
  int count(IntPredicate isBefore) {
    int last = chunkOf(isBefore);
    int count = placeIn(last, isBefore);
    for (int chunk = 0; chunk < last; chunk++) {
      count += sizes[chunk];
    }
    return count;
  }

  /** Shows the rows at the places {@code [from, to)}, in order. */
  void forEach(int from, int to, IntConsumer consumer) {
    int first = 0;
    for (int chunk = 0; chunk < used && first < to; chunk++) {
      int begin = Math.max(from - first, 0);
      int end = Math.min(to - first, sizes[chunk]);
      for (int place = begin; place < end; place++) {
        consumer.accept(chunks[chunk][place]);
      }
      first += sizes[chunk];
    }
  }

  /** Copies out the first rows, in order, as many as there is room for. */
  void copyTo(int[] into) {
    int first = 0;
    for (int chunk = 0; chunk < used && first < into.length; chunk++) {
      int count = Math.min(sizes[chunk], into.length - first);
      System.arraycopy(chunks[chunk], 0, into, first, count);
      first += count;
    }
  }

  /** The first chunk whose last row isn't before something; the last one if there is none. */
  private int chunkOf(IntPredicate isBefore) {
    int low = 0;
    int high = used - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore.test(chunks[middle][sizes[middle] - 1])) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int placeIn(int chunk, IntPredicate isBefore) {
    int low = 0;
    int high = sizes[chunk];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore.test(chunks[chunk][middle])) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
