package dev.lockstep.beam.kafka;

import org.jspecify.annotations.Nullable;

/** What keeps a topic from being read to its end, with the cure: infrastructure, not data. */
public final class LogUnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LogUnreadableException(
      String bootstrapServers, String problem, String cure, @Nullable Throwable cause) {
    super("Kafka at " + bootstrapServers + ": " + problem + "\n    cure: " + cure, cause);
  }
}
