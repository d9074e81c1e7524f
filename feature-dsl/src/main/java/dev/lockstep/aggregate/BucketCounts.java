package dev.lockstep.aggregate;

import java.util.Arrays;

/**
 * How often each of some integer keys occurs, in the keys' order; 8 to 16 bytes for each key that
 * does.
 *
 * <p>A step takes a binary search; a key's first and last occurrence also move what is behind it.
 */
final class BucketCounts {
  private static final int FIRST_CAPACITY = 8;
  private static final int[] NONE = new int[0];

  private int[] keys = NONE;
  private int[] counts = NONE;
  private int used;
  private int total;

  /** The number of different keys. */
  int size() {
    return used;
  }

  /** The number of occurrences of all keys. */
  int total() {
    return total;
  }

  /** The key at a place of the order. */
  int key(int place) {
    return keys[place];
  }

  /** How often the key at a place occurs. */
  int count(int place) {
    return counts[place];
  }

  /** Forgets all keys and the room for them. */
  void clear() {
    keys = NONE;
    counts = NONE;
    used = 0;
    total = 0;
  }

  /** Counts a key once more; returns its place if this is its first occurrence, else -1. */
  int add(int key) {
    total++;
    int place = Arrays.binarySearch(keys, 0, used, key);
    if (place >= 0) {
      counts[place]++;
      return -1;
    }
    int at = ~place;
    if (used == keys.length) {
      resize(Math.max(FIRST_CAPACITY, used * 2));
    }
    System.arraycopy(keys, at, keys, at + 1, used - at);
    System.arraycopy(counts, at, counts, at + 1, used - at);
    keys[at] = key;
    counts[at] = 1;
    used++;
    return at;
  }

  /**
   * Counts a key once less; returns the place where it was if this was its last occurrence, else
   * -1.
   *
   * @throws IllegalStateException if it doesn't occur
   */
  int remove(int key) {
    int at = Arrays.binarySearch(keys, 0, used, key);
    if (at < 0) {
      throw new IllegalStateException(
          "the buckets don't hold key " + key + "; remove only what was added");
    }
    total--;
    if (--counts[at] > 0) {
      return -1;
    }
    used--;
    System.arraycopy(keys, at + 1, keys, at, used - at);
    System.arraycopy(counts, at + 1, counts, at, used - at);
    if (used * 4 <= keys.length && keys.length > FIRST_CAPACITY) {
      resize(keys.length / 2);
    }
    return at;
  }

  private void resize(int capacity) {
    keys = Arrays.copyOf(keys, capacity);
    counts = Arrays.copyOf(counts, capacity);
  }
}
