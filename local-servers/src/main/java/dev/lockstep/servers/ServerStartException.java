package dev.lockstep.servers;

/**
 * A failure of the machine, not of the caller's data: a server can't start; says why and how to
 * cure it.
 */
public final class ServerStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServerStartException(String message) {
    super(message);
  }

  ServerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
