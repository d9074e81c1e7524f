package dev.lockstep.cli.process;

/** A child process that didn't start, or ended when it shouldn't; the message ends with its log. */
public final class ChildFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ChildFailedException(String message) {
    super(message);
  }
}
