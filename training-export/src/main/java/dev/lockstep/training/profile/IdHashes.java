package dev.lockstep.training.profile;

import java.util.Arrays;

/** The rows held, by the hashes of their request ids. */
final class IdHashes {
  private long[] hashes;
  private int[] rows = new int[0];
  private int size;

  IdHashes(int capacity) {
    hashes = new long[Math.max(capacity, 16)];
  }

  void add(long hash) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.addExact(size, size / 2));
    }
    hashes[size++] = hash;
  }

  /** Makes {@link #row} answer, by a table of open addresses at most half full. */
  void index() {
    rows = new int[Integer.highestOneBit(Math.max(size, 1)) * 4];
    Arrays.fill(rows, -1);
    for (int row = 0; row < size; row++) {
      int at = (int) (hashes[row] >>> 32) & (rows.length - 1);
      while (rows[at] >= 0) {
        at = (at + 1) & (rows.length - 1);
      }
      rows[at] = row;
    }
  }

  /** The row of a hash, -1 if none is held. */
  int row(long hash) {
    int at = (int) (hash >>> 32) & (rows.length - 1);
    while (rows[at] >= 0) {
      if (hashes[rows[at]] == hash) {
        return rows[at];
      }
      at = (at + 1) & (rows.length - 1);
    }
    return -1;
  }
}
