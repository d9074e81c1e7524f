package dev.lockstep.aggregate;

/**
 * What is kept over one window of an event log while rows enter and leave it, at either end or in
 * the middle.
 *
 * <p>Rows may be renumbered between calls: a state must not remember row numbers.
 */
public interface WindowState {

  /** Takes in a row that takes part. */
  void enter(WindowRows rows, int row);

  /** Takes out a row that entered before. */
  void leave(WindowRows rows, int row);

  /** Forgets everything: the window is empty. */
  void clear();
}
