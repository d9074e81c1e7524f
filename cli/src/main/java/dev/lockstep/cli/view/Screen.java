package dev.lockstep.cli.view;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Whether somebody watches, and how much room there is. */
public final class Screen {
  /**
   * The system property that says which of this process's streams are terminals, by their numbers,
   * such as "012": the launcher sees that of each, Java of input and output together only.
   */
  public static final String TERMINALS = "lockstep.terminals";

  private Screen() {}

  /** Whether standard output is a terminal that knows how to move its cursor. */
  public static boolean showsOutput() {
    return isTerminal('1');
  }

  /** Whether standard error is a terminal that knows how to move its cursor. */
  public static boolean showsErrors() {
    return isTerminal('2');
  }

  /** How many characters a line of the terminal has now; 80 if it doesn't tell. */
  public static int width() {
    return new UsageMessageSpec().autoWidth(true).width();
  }

  private static boolean isTerminal(char stream) {
    return isTerminal(stream, System.getProperty(TERMINALS), System.getenv("TERM"));
  }

  static boolean isTerminal(char stream, @Nullable String terminals, @Nullable String term) {
    if (term == null || term.isEmpty() || term.equals("dumb")) {
      return false;
    }
    return terminals == null ? System.console() != null : terminals.indexOf(stream) >= 0;
  }
}
