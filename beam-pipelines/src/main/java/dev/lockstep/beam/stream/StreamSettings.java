package dev.lockstep.beam.stream;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a stream runs; nothing here changes a value.
 *
 * @param generation raised when a stream starts over from nothing, so that its writes win (C11)
 * @param publishEvery how often, at most, an entity's state is written to the online store
 * @param decodedBytes how many bytes of state a worker's subtask holds decoded beside the state
 *     backend; in memory they take several times that. With 0 each row reads its key's state
 */
public record StreamSettings(long generation, Duration publishEvery, long decodedBytes)
    implements Serializable {

  public static final StreamSettings DEFAULT =
      new StreamSettings(0, Duration.ofMillis(500), 32L << 20);

  long publishEveryMillis() {
    return publishEvery.toMillis();
  }
}
