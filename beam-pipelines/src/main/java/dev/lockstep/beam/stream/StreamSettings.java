package dev.lockstep.beam.stream;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a stream runs; nothing here changes a value.
 *
 * @param generation raised when a stream starts over from nothing, so that its writes win (C11)
 * @param publishEvery how often, at most, an entity's state is written to the online store
 */
public record StreamSettings(long generation, Duration publishEvery) implements Serializable {

  public static final StreamSettings DEFAULT = new StreamSettings(0, Duration.ofMillis(500));

  long publishEveryMillis() {
    return publishEvery.toMillis();
  }
}
