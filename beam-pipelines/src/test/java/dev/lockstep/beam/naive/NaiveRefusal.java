package dev.lockstep.beam.naive;

/** A file that can't be read at all, or lacks what no row can do without. */
public final class NaiveRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String component;

  NaiveRefusal(String component, String message) {
    super(message);
    this.component = component;
  }

  /** The component whose column is meant; empty for the whole file. */
  public String component() {
    return component;
  }
}
