package dev.lockstep.store;

/** The online store can't be reached or answers with an error: an infrastructure error (C13). */
public class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
