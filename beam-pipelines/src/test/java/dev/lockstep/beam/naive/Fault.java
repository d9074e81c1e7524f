package dev.lockstep.beam.naive;

/**
 * One reason why a row is a data error.
 *
 * @param component the component's name in Java; empty where the whole message or record is meant
 * @param detail for people; compared by nothing
 */
public record Fault(Cause cause, String component, String detail) {
  /** Ends the reading of one cell or message. */
  static final class Thrown extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Cause cause;

    Thrown(Cause cause, String detail) {
      super(detail, null, false, false); // thrown for a row in three: no stack
      this.cause = cause;
    }

    Cause cause() {
      return cause;
    }

    Fault in(String component) {
      return new Fault(cause, component, String.valueOf(getMessage()));
    }
  }

  @Override
  public String toString() {
    return cause + (component.isEmpty() ? "" : " [" + component + "]") + " (" + detail + ")";
  }
}
