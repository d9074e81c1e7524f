package dev.lockstep.plan;

/** A spine that can't be asked with, said once with all that it lacks and the cure (C13). */
public final class SpineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SpineException(String message) {
    super(message);
  }
}
