package dev.lockstep.training.evaluate;

import java.util.List;

/**
 * The rows that scores are judged on: what came, when, and of whom.
 *
 * @param labels each 0 or 1
 * @param timesMicros when each row happened, microseconds since the epoch
 * @param keys of each entity; may be empty
 */
public record TestRows(float[] labels, long[] timesMicros, List<Keys> keys) {
  /** The code of a row that is of no entity: it is like no other row. */
  public static final int NO_KEY = 0;

  /**
   * Whose each row is.
   *
   * @param entity its name
   * @param codes a number a row, the same for the same key
   */
  public record Keys(String entity, int[] codes) {}

  /**
   * @throws IllegalArgumentException if the lengths differ
   */
  public TestRows {
    keys = List.copyOf(keys);
    requireLength(labels.length, timesMicros.length, "times");
    for (Keys k : keys) {
      requireLength(labels.length, k.codes.length, "keys of " + k.entity);
    }
  }

  private static void requireLength(int labels, int found, String what) {
    if (found != labels) {
      throw new IllegalArgumentException(labels + " labels for " + found + " " + what);
    }
  }
}
