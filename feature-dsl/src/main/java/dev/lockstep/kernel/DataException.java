package dev.lockstep.kernel;

import org.jspecify.annotations.Nullable;

/**
 * An event that can't be used, by its own fault: to the dead letter with this reason (C13).
 *
 * <p>It has no stack trace: a topic of bad records would spend its time on filling them in.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String reason) {
    this(reason, null);
  }

  public DataException(String reason, @Nullable Throwable cause) {
    super(reason, cause, false, false);
  }
}
