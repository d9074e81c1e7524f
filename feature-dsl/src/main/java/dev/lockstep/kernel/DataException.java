package dev.lockstep.kernel;

/** An event that can't be used, by its own fault: to the dead letter with this reason (C13). */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String reason) {
    super(reason);
  }

  public DataException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
