package dev.lockstep.kernel;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Row numbers that come and go, in an order that is settled when it is asked for.
 *
 * <p>What came or went since is sorted in then: row by row by halving where it is little, all at
 * once where it is much. So rows that come and go before anyone asks cost next to nothing.
 */
final class RowOrder {
  private static final int MUCH = 16;

  /** How rows are compared and sorted. */
  interface Order {
    /** Compares two rows; 0 for a row and itself alone. */
    int compare(int row, int other);

    /** Sorts {@code rows[0, size)}. */
    void sort(int[] rows, int size);
  }

  private final Order order;
  private final RowChunks settled;
  private final BitSet gone = new BitSet();
  private int[] came = new int[8];
  private int cameCount;
  private int[] went = new int[8];
  private int wentCount;
  private int size;

  /** An order that holds no rows yet. */
  RowOrder(Order order) {
    this.order = order;
    this.settled = new RowChunks(order::compare);
  }

  int size() {
    return size;
  }

  void clear() {
    settled.clear();
    gone.clear();
    cameCount = 0;
    wentCount = 0;
    size = 0;
  }

  /** Holds the rows of an array, which are in order, and no others. */
  void fill(int[] rows) {
    clear();
    settled.fill(rows, rows.length);
    size = rows.length;
  }

  /** Takes in a row that never was here; tells whether it is known to be the last now. */
  boolean add(int row) {
    size++;
    if (cameCount == 0 && settled.append(row)) {
      return true;
    }
    if (cameCount == came.length) {
      came = Arrays.copyOf(came, 2 * cameCount);
    }
    came[cameCount++] = row;
    return false;
  }

  /** Takes out a row that is here. */
  void remove(int row) {
    gone.set(row);
    size--;
    if (wentCount == went.length) {
      went = Arrays.copyOf(went, 2 * wentCount);
    }
    went[wentCount++] = row;
  }

  /** Whether a row was taken out, since all were. */
  boolean isGone(int row) {
    return gone.get(row);
  }

  /** The first row; only where there is one. */
  int first() {
    return firstNot(row -> false);
  }

  /**
   * The first row that isn't before something; -1 if all are.
   *
   * @param isBefore true of the first rows, false of those behind
   */
  int firstNot(IntPredicate isBefore) {
    settle();
    return settled.firstNot(isBefore);
  }

  /** How many rows are before something. */
  int count(IntPredicate isBefore) {
    settle();
    return settled.count(isBefore);
  }

  /** Shows the rows at the places {@code [from, to)}, in order. */
  void forEach(int from, int to, IntConsumer consumer) {
    settle();
    settled.forEach(from, to, consumer);
  }

  /** Copies out the first rows, in order, as many as there is room for. */
  void copyTo(int[] into) {
    settle();
    settled.copyTo(into);
  }

  private void settle() {
    if (cameCount == 0 && wentCount == 0) {
      return;
    }
    dropThoseThatWent();
    if (MUCH * (long) (cameCount + wentCount) > size) {
      settleAll();
    } else {
      for (int i = 0; i < wentCount; i++) {
        settled.remove(went[i]);
      }
      for (int i = 0; i < cameCount; i++) {
        settled.add(came[i]);
      }
    }
    cameCount = 0;
    wentCount = 0;
  }

  /** What came and went in between was never settled. */
  private void dropThoseThatWent() {
    if (cameCount == 0 || wentCount == 0) {
      return;
    }
    BitSet unsettled = new BitSet();
    int kept = 0;
    for (int i = 0; i < cameCount; i++) {
      if (gone.get(came[i])) {
        unsettled.set(came[i]);
      } else {
        came[kept++] = came[i];
      }
    }
    cameCount = kept;
    kept = 0;
    for (int i = 0; i < wentCount; i++) {
      if (!unsettled.get(went[i])) {
        went[kept++] = went[i];
      }
    }
    wentCount = kept;
  }

  private void settleAll() {
    order.sort(came, cameCount);
    int[] before = new int[settled.size()];
    settled.copyTo(before);
    int[] all = new int[size];
    int count = 0;
    int next = 0;
    for (int row : before) {
      if (gone.get(row)) {
        continue;
      }
      while (next < cameCount && order.compare(came[next], row) < 0) {
        all[count++] = came[next++];
      }
      all[count++] = row;
    }
    System.arraycopy(came, next, all, count, cameCount - next);
    settled.fill(all, size);
  }
}
