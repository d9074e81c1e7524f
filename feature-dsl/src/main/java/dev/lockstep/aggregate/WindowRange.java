package dev.lockstep.aggregate;

/** The rows {@code [from, to)} of a log that a window holds, in the window's order (C3). */
public interface WindowRange {
  int from();

  int to();

  /**
   * Whether two rows have the same place in the window's order but for their values: then the
   * values that an aggregation reads decide (C3).
   */
  boolean tied(int rowA, int rowB);
}
