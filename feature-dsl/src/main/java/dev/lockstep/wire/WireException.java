package dev.lockstep.wire;

/** Bytes that are not in the format they should be in. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WireException(String message) {
    super(message);
  }
}
