package dev.lockstep.beam.read;

/**
 * An event that takes part in nothing: late (C4), or unusable by its own fault (C13).
 *
 * @param source the name of its source or table
 * @param reason for people
 * @param position where it is: a file and its row from 0, or a bundle and its element
 */
public record Rejected(Kind kind, String source, String reason, String position) {

  /** Why an event was rejected. */
  public enum Kind {
    /** Known longer after it happened than its source's lateness allows. */
    LATE,
    /** Without a key, an id or a time, or with values that make no event. */
    DEAD_LETTER
  }
}
