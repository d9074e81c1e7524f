package dev.lockstep.aggregate.index;

import java.util.Arrays;

/**
 * The extreme of any run of an {@link ExtremeIndex}'s rows in O(log): of each sixteen rows the
 * best, of each sixteen of those the best, and so on. It is brought up to date where it is asked,
 * from the first row on that changed since; only rows of the log are counted.
 */
final class ExtremeTree {
  private static final int SHIFT = 4;
  private static final int WIDTH = 1 << SHIFT;
  private static final int LEVELS = 7; // 16^8 is more than an array can hold
  private static final int NONE = -1;

  private final ExtremeIndex index;
  private final int[][] best = new int[LEVELS][0];

  /** How many groups of each level are up to date. */
  private final int[] ready = new int[LEVELS];

  ExtremeTree(ExtremeIndex index) {
    this.index = index;
  }

  /** Takes note that the rows from one on are others than they were. */
  void changed(int row) {
    for (int level = 0; level < LEVELS; level++) {
      ready[level] = Math.min(ready[level], row >> (SHIFT * (level + 1)));
    }
  }

  /** The row of the extreme of {@code [from, to)}, the last of equal ones; -1 if there is none. */
  int extremeOf(int from, int to) {
    prepare(to);
    int found = NONE;
    int low = from;
    int high = to;
    for (int level = -1; low < high; level++) {
      while (low < high && (low & WIDTH - 1) != 0) {
        found = better(found, at(level, low++));
      }
      while (low < high && (high & WIDTH - 1) != 0) {
        found = better(found, at(level, --high));
      }
      low >>= SHIFT;
      high >>= SHIFT;
    }
    return found;
  }

  private void prepare(int to) {
    int below = to;
    for (int level = 0; level < LEVELS && below >= WIDTH; level++) {
      int groups = below >> SHIFT;
      if (best[level].length < groups) {
        best[level] = Arrays.copyOf(best[level], 2 * groups);
      }
      for (int group = ready[level]; group < groups; group++) {
        int found = NONE;
        for (int i = group << SHIFT; i < (group + 1) << SHIFT; i++) {
          found = better(found, at(level - 1, i));
        }
        best[level][group] = found;
      }
      ready[level] = Math.max(ready[level], groups);
      below = groups;
    }
  }

  private int at(int level, int place) {
    if (level >= 0) {
      return best[level][place];
    }
    return index.holds(place) ? place : NONE;
  }

  private int better(int row, int other) {
    if (row == NONE || other == NONE) {
      return row == NONE ? other : row;
    }
    int later = Math.max(row, other);
    int earlier = Math.min(row, other);
    return index.tops(earlier, later) ? earlier : later;
  }
}
