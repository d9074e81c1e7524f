package dev.lockstep.beam.snapshot;

import org.jspecify.annotations.Nullable;

/** A snapshot that can't be read, or can't be gone on from; the message says what to do. */
public final class SnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SnapshotException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
