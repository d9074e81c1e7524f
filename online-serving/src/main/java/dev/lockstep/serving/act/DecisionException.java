package dev.lockstep.serving.act;

import org.jspecify.annotations.Nullable;

/** The decisions' database can't be used; the message says why and what to do. */
public final class DecisionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DecisionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
