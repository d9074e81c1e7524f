package dev.lockstep.aggregate;

import dev.lockstep.value.Values;

/**
 * The running state of one aggregation over one window of an event log.
 *
 * <p>The window is a {@link WindowRange} of a log in the window's order (C3). The kernel calls
 * {@link #add} for each row that enters it and {@link #remove} for each that leaves, at either end
 * or in the middle; rows may be renumbered between calls, so a state must not remember row numbers.
 */
public interface WindowState {

  /** Takes in a row of the window. */
  default void add(ColumnVector column, int row) {}

  /** Takes out a row that was added before. */
  default void remove(ColumnVector column, int row) {}

  /** Forgets everything: the window is empty. */
  default void clear() {}

  /**
   * Writes the result over the window, whose rows are all those added and not removed.
   *
   * @param out the row of results to write to, at {@code index}; null where there is nothing to
   *     give
   */
  void finish(ColumnVector column, WindowRange range, Values out, int index);
}
