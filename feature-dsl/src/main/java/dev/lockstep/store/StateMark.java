package dev.lockstep.store;

/**
 * How far a stored state has come (C11): writes are ordered by it, so that a replayed or reordered
 * write never moves an entity back.
 *
 * @param generation raised when a stream starts over from nothing
 * @param availableAtMicros availability of the greatest element applied
 * @param sequence sequence of the greatest element applied
 * @param applied number of elements applied, those taken back counted once more
 */
public record StateMark(long generation, long availableAtMicros, long sequence, long applied)
    implements Comparable<StateMark> {

  @Override
  public int compareTo(StateMark other) {
    int by = Long.compare(generation, other.generation);
    by = by != 0 ? by : Long.compare(availableAtMicros, other.availableAtMicros);
    by = by != 0 ? by : Long.compare(sequence, other.sequence);
    return by != 0 ? by : Long.compare(applied, other.applied);
  }
}
