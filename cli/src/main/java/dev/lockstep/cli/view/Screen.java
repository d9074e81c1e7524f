package dev.lockstep.cli.view;

/** Whether somebody watches. */
public final class Screen {
  private Screen() {}

  /** Whether standard input and output are a terminal that knows how to move its cursor. */
  public static boolean isTerminal() {
    String term = System.getenv("TERM");
    return System.console() != null && term != null && !term.equals("dumb");
  }
}
