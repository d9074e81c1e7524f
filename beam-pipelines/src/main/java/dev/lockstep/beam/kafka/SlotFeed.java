package dev.lockstep.beam.kafka;

/**
 * What a slot's reader needs of whoever fetches its records and asks where they end: a {@link
 * TopicFeed}, or a test's model of one.
 */
interface SlotFeed {
  /** Gives a reader its partitions and their records from now on. */
  void join(TopicReader reader);

  /** Gives a reader nothing more. */
  void leave(TopicReader reader);

  /** Fails where reading can't go on without a person. */
  void failIfBroken();

  /**
   * No broker's clock is beyond it now, in milliseconds; the end of time for a replay, which knows
   * no clock of today.
   */
  long latestBrokerClock();

  /** Where a slot without partitions stands, in milliseconds: it must not hold back others. */
  long emptySlot();

  /** Takes note of a place that a complete checkpoint keeps. */
  void commit(ReadMark mark);
}
