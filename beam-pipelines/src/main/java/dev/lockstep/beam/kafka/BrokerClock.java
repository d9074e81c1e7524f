package dev.lockstep.beam.kafka;

import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Whether a broker's clock is as near to this machine's as a stream takes it to be (C5), by records
 * that the broker stamps when it appends them: a stamp lies between when the record was sent and
 * when it was acknowledged, so what it is outside of these the clocks are apart at least.
 *
 * @param skew how far the broker's may be behind, as the start says
 * @param visibleWithin the least that an input promises: clocks that are further apart than half of
 *     it make quiet partitions wait for much longer, or not long enough
 */
record BrokerClock(Duration skew, Duration visibleWithin) {

  /** That of a job's inputs. */
  static BrokerClock of(KafkaInputs inputs) {
    return new BrokerClock(
        Duration.ofMillis(inputs.brokerSkewMillis()),
        inputs.topics().stream()
            .map(topic -> Duration.ofMillis(topic.visibleWithinMillis()))
            .min(Comparator.naturalOrder())
            .orElse(Duration.ZERO));
  }

  /**
   * What to tell of one record; null for nothing.
   *
   * @param sentMillis this machine's clock before it was sent
   * @param stampMillis the broker's, when it was appended
   * @param acknowledgedMillis this machine's, when that was known
   */
  @Nullable String told(long sentMillis, long stampMillis, long acknowledgedMillis) {
    long behind = sentMillis - stampMillis;
    long ahead = stampMillis - acknowledgedMillis;
    long half = visibleWithin.toMillis() / 2;
    if (behind > Math.max(skew.toMillis(), half)) {
      return "The broker's clock is "
          + behind
          + " ms or more behind this machine's, and "
          + skew.toMillis()
          + " are allowed: requests may be answered before all that they know was read. Set the"
          + " clocks right, or start with --broker-skew "
          + 2 * behind;
    }
    if (ahead > half) {
      return "The broker's clock is "
          + ahead
          + " ms or more ahead of this machine's: requests wait for quiet partitions that much"
          + " longer. Set the clocks right";
    }
    return null;
  }
}
