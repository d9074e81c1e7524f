package dev.lockstep.beam.kafka;

import java.time.Duration;
import java.util.Map;

/**
 * How a stream's inputs move on (C5): live topics by the brokers' clock, too, replays by what their
 * records say alone.
 *
 * @param live whether they are live topics
 * @param brokerSkew how far a broker's clock may be behind that of the job's machines
 * @param visibleWithin how long after its timestamp a record can be read at the latest, by topic;
 *     of a replay none
 * @param skipsGaps whether records that Kafka deleted before they were read may be left out
 */
public record InputMode(
    boolean live, Duration brokerSkew, Map<String, Duration> visibleWithin, boolean skipsGaps) {
  /** Replays into topics of our own, of which all is there. */
  public static final InputMode REPLAY = new InputMode(false, Duration.ZERO, Map.of(), false);

  public InputMode {
    visibleWithin = Map.copyOf(visibleWithin);
  }

  /** How far the slowest quiet partition is behind the clock. */
  public Duration mostVisibleWithin() {
    return visibleWithin.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
