package dev.lockstep.cli.kafka;

import java.time.Duration;

/**
 * Whose clock a topic's record timestamps are, and how often it is stored: what tells how long
 * after its timestamp a record can still appear (C5).
 *
 * @param appendTime whether the broker stamps records as it appends them
 * @param replicas copies of each partition
 */
public record TopicStamps(boolean appendTime, int replicas) {
  /** One broker: what it has stamped can be read at once, but for a pause of the broker. */
  private static final Duration ONE_BROKER = Duration.ofMillis(25);

  /** A follower may lag so long before it no longer counts (replica.lag.time.max.ms). */
  private static final Duration SLOW_FOLLOWER = Duration.ofSeconds(30);

  /** A producer may try so long with a record that it has stamped (delivery.timeout.ms). */
  private static final Duration RETRIES = Duration.ofMinutes(2);

  /** How long after its timestamp a record can be read at the latest, with default settings. */
  public Duration visibleWithin() {
    if (!appendTime) {
      return RETRIES;
    }
    return replicas > 1 ? SLOW_FOLLOWER : ONE_BROKER;
  }

  /** Why that long, for people. */
  public String reason() {
    if (!appendTime) {
      return "producers stamp its records (CreateTime) and may retry so long"
          + " (delivery.timeout.ms)";
    }
    return replicas > 1
        ? "the broker stamps its records, and a follower may lag so long"
            + " (replica.lag.time.max.ms)"
        : "the broker stamps its records, and has no followers";
  }
}
