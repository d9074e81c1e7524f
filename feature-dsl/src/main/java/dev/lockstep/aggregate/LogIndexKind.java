package dev.lockstep.aggregate;

/** An index over a column of the event log that all windows share. */
public enum LogIndexKind {
  /** Finds the least value of a run of rows. */
  LEAST,
  /** Finds the greatest value of a run of rows. */
  GREATEST,
  /** Links the occurrences of equal values. */
  OCCURRENCES
}
