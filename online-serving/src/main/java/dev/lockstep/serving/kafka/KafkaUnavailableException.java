package dev.lockstep.serving.kafka;

import org.jspecify.annotations.Nullable;

/** Kafka can't be reached, lacks a topic or refuses a record: an infrastructure error (C13). */
public final class KafkaUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KafkaUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
