package dev.lockstep.beam.naive;

/** Why the oracle can't take a row. */
public enum Cause {
  /** A null, or a missing field or column, where the component can't hold null (C17.2). */
  NULL,
  /**
   * A number that doesn't fit the component, or isn't whole, or has too many digits (C17.3, C6).
   */
  WIDTH,
  /** Text that isn't valid UTF-8, or has half a surrogate (C17.4). */
  TEXT,
  /** An instant that can't be read, or doesn't fit 64-bit microseconds (C1). */
  INSTANT,
  /** A bare number that is an instant in another unit than the one that holds (C1). */
  UNIT,
  /** A value of another kind: text for a number, an object for text. */
  KIND,
  /** Not one document: empty, too large, broken off, followed by more, not UTF-8 (C17.4). */
  DOCUMENT,
  /** Another framing: a schema id, an envelope, an unknown schema. */
  FRAMING,
  /** What the record's own code threw (C17.5). */
  CODE
}
