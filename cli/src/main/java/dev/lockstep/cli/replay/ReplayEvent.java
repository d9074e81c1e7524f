package dev.lockstep.cli.replay;

import java.util.Comparator;

/**
 * One event of a replay.
 *
 * @param place its place in the replay
 * @param topic where it goes
 * @param key the message's key; decides the partition where {@code partition} doesn't
 * @param recordMillis the record timestamp that it is sent with
 * @param partition the one it had in the archive it is from; -1 where that isn't known
 */
public record ReplayEvent(
    Place place,
    String topic,
    byte[] key,
    byte[] message,
    long eventTimeMicros,
    long recordMillis,
    int partition) {

  /**
   * An event's place among all: when it became known, then its sequence, which in an archive is its
   * partition and offset (C1), then where it stands in the history.
   *
   * @param source index in the plan
   * @param file the file's place among those of its source
   * @param row from 0
   */
  public record Place(long availableAtMicros, long sequence, int source, int file, long row)
      implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::availableAtMicros)
            .thenComparingLong(Place::sequence)
            .thenComparingInt(Place::source)
            .thenComparingInt(Place::file)
            .thenComparingLong(Place::row);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** When it became known: the replay's order. */
  public long availableAtMicros() {
    return place.availableAtMicros;
  }

  /** About what it takes in memory. */
  int bytes() {
    return 160 + key.length + message.length;
  }
}
