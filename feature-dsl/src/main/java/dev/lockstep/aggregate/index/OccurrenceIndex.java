package dev.lockstep.aggregate.index;

import dev.lockstep.value.ColumnVector;
import java.util.Arrays;

/**
 * Links each row to the rows before and behind it that hold the same value, so that a window of any
 * start and end knows in O(1) whether a value that enters or leaves is another's too.
 *
 * <p>The newest row of each value is found by a table with linear probing whose keys are the rows'
 * own values: one look-up a row, however many windows there are.
 */
public final class OccurrenceIndex implements LogIndex {
  private static final int NONE = -1;

  private final IndexedRows rows;
  private int[] previous = new int[8];
  private int[] next = new int[8];

  /** The newest row of each value, plus one; 0 is an empty slot. */
  private int[] table = new int[16];

  private int values;
  private int begin;
  private int end;

  /** An index over no rows. */
  public OccurrenceIndex(IndexedRows rows) {
    this.rows = rows;
  }

  /** Whether another row of {@code [from, to)} holds the value of a row that the index holds. */
  public boolean occursElsewhere(int row, int from, int to) {
    return previous[row] >= from || (next[row] != NONE && next[row] < to);
  }

  /** The last row before a row that holds its value, or one before all rows if there is none. */
  public int previous(int row) {
    return previous[row];
  }

  /** Whether a row behind a row and before {@code to} holds its value. */
  public boolean occursAgain(int row, int to) {
    return next[row] != NONE && next[row] < to;
  }

  @Override
  public void inserted(int row) {
    end++;
    if (end > previous.length) {
      previous = Arrays.copyOf(previous, end * 2);
      next = Arrays.copyOf(next, end * 2);
    }
    if (row < end - 1) {
      moveUp(row);
    }
    previous[row] = NONE;
    next[row] = NONE;
    if (rows.holds(row)) {
      link(row);
    }
  }

  /** Renumbers the rows from the inserted one on. */
  private void moveUp(int inserted) {
    System.arraycopy(previous, inserted, previous, inserted + 1, end - 1 - inserted);
    System.arraycopy(next, inserted, next, inserted + 1, end - 1 - inserted);
    for (int row = end - 1; row > inserted; row--) {
      if (!rows.holds(row)) {
        continue;
      }
      if (next[row] == NONE) {
        table[slotHolding(row, row - 1)] = row + 1;
      } else {
        next[row]++;
      }
      if (previous[row] >= inserted) {
        previous[row]++;
      } else if (previous[row] >= begin) {
        next[previous[row]] = row;
      }
    }
  }

  private void link(int row) {
    int slot = slotOf(row);
    if (table[slot] == 0) {
      table[slot] = row + 1;
      if (++values * 2 > table.length) {
        grow();
      }
      return;
    }
    int behind = NONE;
    int before = table[slot] - 1;
    while (before > row) {
      behind = before;
      before = previous[before];
    }
    previous[row] = before;
    next[row] = behind;
    if (before >= begin) {
      next[before] = row;
    }
    if (behind == NONE) {
      table[slot] = row + 1;
    } else {
      previous[behind] = row;
    }
  }

  @Override
  public void removing(int row) {
    if (rows.holds(row)) {
      unlink(row);
    }
    for (int moved = row + 1; moved < end; moved++) {
      if (!rows.holds(moved)) {
        continue;
      }
      if (next[moved] == NONE) {
        table[slotHolding(moved, moved)] = moved;
      } else {
        next[moved]--;
      }
      if (previous[moved] > row) {
        previous[moved]--;
      } else if (previous[moved] >= begin) {
        next[previous[moved]] = moved - 1;
      }
    }
    System.arraycopy(previous, row + 1, previous, row, end - row - 1);
    System.arraycopy(next, row + 1, next, row, end - row - 1);
    end--;
  }

  private void unlink(int row) {
    int before = previous[row] >= begin ? previous[row] : NONE;
    int behind = next[row];
    if (behind != NONE) {
      previous[behind] = before;
    } else if (before != NONE) {
      table[slotHolding(row, row)] = before + 1;
    } else {
      delete(slotHolding(row, row));
    }
    if (before != NONE) {
      next[before] = behind;
    }
  }

  @Override
  public void forgetting(int newBegin) {
    for (int row = begin; row < newBegin; row++) {
      if (next[row] == NONE && rows.holds(row)) {
        delete(slotHolding(row, row));
      }
    }
    begin = newBegin;
  }

  @Override
  public void movingDown(int count) {
    for (int row = begin; row < end; row++) {
      previous[row - count] = Math.max(NONE, previous[row] - count);
      next[row - count] = next[row] == NONE ? NONE : next[row] - count;
    }
    for (int slot = 0; slot < table.length; slot++) {
      if (table[slot] != 0) {
        table[slot] -= count;
      }
    }
    begin -= count;
    end -= count;
  }

  /** The slot of a row's value, or the empty one where it would be. */
  private int slotOf(int row) {
    ColumnVector column = rows.column();
    int slot = home(row);
    while (table[slot] != 0 && !column.sameValue(table[slot] - 1, row)) {
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  /** The slot that holds a number, which is or was that of a row, whose value is given by a row. */
  private int slotHolding(int rowOfValue, int number) {
    int slot = home(rowOfValue);
    while (table[slot] != number + 1) {
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  private int home(int row) {
    return rows.column().hash(row) & table.length - 1;
  }

  private void grow() {
    int[] old = table;
    table = new int[old.length * 2];
    for (int entry : old) {
      if (entry != 0) {
        int slot = home(entry - 1);
        while (table[slot] != 0) {
          slot = slot + 1 & table.length - 1;
        }
        table[slot] = entry;
      }
    }
  }

  /** Empties a slot and moves back what was pushed beyond it (Knuth, TAOCP 6.4, algorithm R). */
  private void delete(int deleted) {
    values--;
    int hole = deleted;
    int slot = hole;
    while (true) {
      slot = slot + 1 & table.length - 1;
      if (table[slot] == 0) {
        break;
      }
      int wanted = home(table[slot] - 1);
      if ((slot - wanted & table.length - 1) >= (slot - hole & table.length - 1)) {
        table[hole] = table[slot];
        hole = slot;
      }
    }
    table[hole] = 0;
  }
}
