package dev.lockstep.define;

/** When a vector leaves the stream (C5). */
public enum Emission {
  /** At once, from what was processed by then; may miss an event in flight at a second entity. */
  ON_ARRIVAL,
  /** When every input partition has been read past the request: C3 to the bit. */
  ORDERED;

  /** At once (C5). */
  public static Emission onArrival() {
    return ON_ARRIVAL;
  }

  /** Complete, whatever the partitioning (C5). */
  public static Emission ordered() {
    return ORDERED;
  }
}
