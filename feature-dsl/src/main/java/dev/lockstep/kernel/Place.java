package dev.lockstep.kernel;

/** A place in the window's order (C3), the values apart: rows of one place are ties. */
record Place(long eventTimeMicros, long availableAtMicros, long sequence)
    implements Comparable<Place> {

  static Place of(BranchRow row) {
    return new Place(row.eventTimeMicros(), row.availableAtMicros(), row.sequence());
  }

  @Override
  public int compareTo(Place other) {
    int by = Long.compare(eventTimeMicros, other.eventTimeMicros);
    by = by != 0 ? by : Long.compare(availableAtMicros, other.availableAtMicros);
    return by != 0 ? by : Long.compare(sequence, other.sequence);
  }
}
