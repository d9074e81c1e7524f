package dev.lockstep.aggregate;

import java.util.Arrays;

/**
 * A sorted multiset of longs, in chunks of at most 512.
 *
 * <p>To add or remove one takes a binary search among the chunks, one within, and a move inside one
 * chunk; the i-th is found by passing whole chunks from the nearer end: about n / 512 steps. It
 * holds 8 to 16 bytes for each value, and neighbours that have become small are joined.
 */
final class SortedLongs {
  static final int CHUNK = 512;
  private static final int FIRST_CAPACITY = 8;

  /** Two neighbours that fit this together are joined: far from a chunk that is split. */
  private static final int JOINED = CHUNK / 2;

  private static final long[][] NO_CHUNKS = new long[0][];
  private static final int[] NO_SIZES = new int[0];
  private static final long[] NO_VALUES = new long[0];

  private long[][] chunks = NO_CHUNKS;
  private int[] sizes = NO_SIZES;
  private int used;
  private int size;

  /** The number of values, each as often as it was added. */
  int size() {
    return size;
  }

  /** Forgets all values and the room for them. */
  void clear() {
    chunks = NO_CHUNKS;
    sizes = NO_SIZES;
    used = 0;
    size = 0;
  }

  /** Adds a value, once more where it is held. */
  void add(long value) {
    if (used == 0) {
      open(0, new long[FIRST_CAPACITY], 0);
    }
    int chunk = Math.max(0, chunkOf(value));
    if (sizes[chunk] == CHUNK) {
      split(chunk);
      if (chunks[chunk + 1][0] <= value) {
        chunk++;
      }
    }
    long[] values = chunks[chunk];
    int count = sizes[chunk];
    if (count == values.length) {
      values = Arrays.copyOf(values, Math.min(CHUNK, count * 2));
      chunks[chunk] = values;
    }
    int place = Arrays.binarySearch(values, 0, count, value);
    int at = place < 0 ? ~place : place;
    System.arraycopy(values, at, values, at + 1, count - at);
    values[at] = value;
    sizes[chunk]++;
    size++;
  }

  /**
   * Removes one occurrence of a value.
   *
   * @throws IllegalStateException if it isn't held
   */
  void remove(long value) {
    int chunk = chunkOf(value);
    int at = chunk < 0 ? -1 : Arrays.binarySearch(chunks[chunk], 0, sizes[chunk], value);
    if (at < 0) {
      throw new IllegalStateException(
          "the sorted values don't hold " + value + "; remove only what was added");
    }
    long[] values = chunks[chunk];
    int count = --sizes[chunk];
    System.arraycopy(values, at + 1, values, at, count - at);
    size--;
    if (count == 0) {
      close(chunk);
    } else if (chunk > 0 && sizes[chunk - 1] + count <= JOINED) {
      joinNext(chunk - 1);
    } else if (chunk + 1 < used && count + sizes[chunk + 1] <= JOINED) {
      joinNext(chunk);
    } else if (count * 4 <= values.length && values.length > FIRST_CAPACITY) {
      chunks[chunk] = Arrays.copyOf(values, values.length / 2);
    }
  }

  /** The value at a place of the order, from 0 to below the size. */
  long get(int place) {
    if (place < size / 2) {
      int left = place;
      int chunk = 0;
      while (left >= sizes[chunk]) {
        left -= sizes[chunk++];
      }
      return chunks[chunk][left];
    }
    int after = size - place;
    int chunk = used - 1;
    while (after > sizes[chunk]) {
      after -= sizes[chunk--];
    }
    return chunks[chunk][sizes[chunk] - after];
  }

  /** The last chunk that doesn't begin above a value, which holds it if any does; -1 for none. */
  private int chunkOf(long value) {
    int low = 0;
    int high = used;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (chunks[middle][0] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private void split(int chunk) {
    long[] upper = new long[CHUNK];
    System.arraycopy(chunks[chunk], CHUNK / 2, upper, 0, CHUNK / 2);
    sizes[chunk] = CHUNK / 2;
    open(chunk + 1, upper, CHUNK / 2);
  }

  private void joinNext(int chunk) {
    int count = sizes[chunk];
    int more = sizes[chunk + 1];
    if (chunks[chunk].length < count + more) {
      chunks[chunk] = Arrays.copyOf(chunks[chunk], JOINED);
    }
    System.arraycopy(chunks[chunk + 1], 0, chunks[chunk], count, more);
    sizes[chunk] = count + more;
    close(chunk + 1);
  }

  private void open(int place, long[] values, int count) {
    if (used == chunks.length) {
      int capacity = Math.max(1, used * 2);
      chunks = Arrays.copyOf(chunks, capacity);
      sizes = Arrays.copyOf(sizes, capacity);
    }
    System.arraycopy(chunks, place, chunks, place + 1, used - place);
    System.arraycopy(sizes, place, sizes, place + 1, used - place);
    chunks[place] = values;
    sizes[place] = count;
    used++;
  }

  private void close(int chunk) {
    if (used == 1) {
      clear();
      return;
    }
    used--;
    System.arraycopy(chunks, chunk + 1, chunks, chunk, used - chunk);
    System.arraycopy(sizes, chunk + 1, sizes, chunk, used - chunk);
    if (used * 4 <= chunks.length) {
      chunks = Arrays.copyOf(chunks, chunks.length / 2);
      sizes = Arrays.copyOf(sizes, chunks.length);
    } else {
      chunks[used] = NO_VALUES;
    }
  }
}
