package dev.lockstep.kernel;

import org.jspecify.annotations.Nullable;

/**
 * An event that can't be used, by its own fault: to the dead letter with this reason (C13).
 *
 * <p>It has no stack trace: a topic of bad records would spend its time on filling them in.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What stands of a reason, whatever is named in it: letters carry it as a header. */
  private static final int MOST_CHARACTERS = 1_000;

  public DataException(String reason) {
    this(reason, null);
  }

  public DataException(String reason, @Nullable Throwable cause) {
    super(bounded(reason), cause, false, false);
  }

  private static String bounded(String reason) {
    return reason.length() <= MOST_CHARACTERS
        ? reason
        : reason.substring(0, MOST_CHARACTERS) + "... (" + reason.length() + " characters)";
  }
}
