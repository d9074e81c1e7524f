package dev.lockstep.beam.kafka;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A topic that a stream reads, with the two promises by which its progress is told (C5).
 *
 * @param name of the topic
 * @param disorderMillis how far record timestamps of one partition may go back
 * @param visibleWithinMillis how long after its timestamp a record of a live topic can be read at
 *     the latest; without meaning for a replay
 * @param firstOffsets the first record to read, by partition; others from their beginning
 */
public record InputTopic(
    String name,
    long disorderMillis,
    long visibleWithinMillis,
    SortedMap<Integer, Long> firstOffsets) {

  public InputTopic {
    firstOffsets = new TreeMap<>(firstOffsets);
    if (disorderMillis < 0 || visibleWithinMillis < 0) {
      throw new IllegalArgumentException("topic " + name + " promises a negative time");
    }
  }
}
