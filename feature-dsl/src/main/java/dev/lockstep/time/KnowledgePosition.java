package dev.lockstep.time;

/**
 * A place in knowledge order (C2): when an element became known, and its sequence within its source
 * at that instant.
 *
 * @param availableAtMicros when the platform could first know the element
 * @param sequence the source's declared sequence, or a packed (partition, offset); 0 where a
 *     history has neither, so that elements of one instant don't know each other
 */
public record KnowledgePosition(long availableAtMicros, long sequence)
    implements Comparable<KnowledgePosition> {

  /** Before every element. */
  public static final KnowledgePosition NONE =
      new KnowledgePosition(Long.MIN_VALUE, Long.MIN_VALUE);

  /** How many partitions of a topic can be told apart: 15 bits of the sequence. */
  public static final int MOST_PARTITIONS = 1 << 15;

  private static final int OFFSET_BITS = 48;

  @Override
  public int compareTo(KnowledgePosition other) {
    int byTime = Long.compare(availableAtMicros, other.availableAtMicros);
    return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
  }

  /**
   * Whether an event is known by a request (C2), the request's own event apart.
   *
   * @param sameSource whether event and request come from one source; only then can the sequence
   *     decide within one instant
   */
  public static boolean knownBy(
      long eventAvailableAt,
      long eventSequence,
      long requestAvailableAt,
      long requestSequence,
      boolean sameSource) {
    return eventAvailableAt < requestAvailableAt
        || (sameSource
            && eventAvailableAt == requestAvailableAt
            && eventSequence < requestSequence);
  }

  /**
   * One number that orders like (partition, offset).
   *
   * @throws IllegalArgumentException if the partition is not in [0, 32768) or the offset not in [0,
   *     2^48)
   */
  public static long packSequence(int partition, long offset) {
    if (partition < 0
        || partition >= MOST_PARTITIONS
        || offset < 0
        || offset >= 1L << OFFSET_BITS) {
      throw new IllegalArgumentException(
          "partition " + partition + ", offset " + offset + ": beyond what a sequence can hold");
    }
    return ((long) partition << OFFSET_BITS) | offset;
  }

  /** The partition of a number that {@link #packSequence} made. */
  public static int partitionOf(long packed) {
    return (int) (packed >>> OFFSET_BITS);
  }

  /** The offset of a number that {@link #packSequence} made. */
  public static long offsetOf(long packed) {
    return packed & ((1L << OFFSET_BITS) - 1);
  }
}
