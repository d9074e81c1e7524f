package dev.lockstep.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * What a source promises of its topic, by which a stream tells how far it has read it (C5).
 *
 * @param disorderMicros how far record timestamps of one partition may go back
 * @param visibleWithin how long after its record timestamp a record can be read at the latest;
 *     empty where nothing is declared
 */
public record TopicPromises(long disorderMicros, Optional<Duration> visibleWithin) {
  /** No disorder, and nothing said of when records can be read. */
  public static final TopicPromises NONE = new TopicPromises(0, Optional.empty());
}
