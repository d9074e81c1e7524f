package dev.lockstep.aggregate;

/**
 * How a cost of an aggregation grows: of reading its result, beside a constant for each row that
 * enters, or of the memory that it keeps.
 */
public enum Cost {
  /** A constant, whatever the window holds. */
  CONSTANT("constant"),
  /** The number of different values, or of values asked for. */
  VALUES("per value"),
  /** The number of events in the window. */
  WINDOW("per event");

  private final String text;

  Cost(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
