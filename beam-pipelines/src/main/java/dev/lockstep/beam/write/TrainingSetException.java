package dev.lockstep.beam.write;

import org.jspecify.annotations.Nullable;

/** A training set that can't be read, written or published; the message says what to do. */
public final class TrainingSetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TrainingSetException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
