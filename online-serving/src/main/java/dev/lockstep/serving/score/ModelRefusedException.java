package dev.lockstep.serving.score;

import org.jspecify.annotations.Nullable;

/** A model that can't be used here; the message says why and what to do. */
public final class ModelRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
