package dev.lockstep.store;

/**
 * The online store is there and refuses what it was asked: for want of rights or memory, or because
 * a cell isn't one of ours. Asked again, it refuses again until somebody changes something.
 */
public final class StoreRefusedException extends StoreUnavailableException {
  private static final long serialVersionUID = 1L;

  public StoreRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
