package dev.lockstep.cli.project;

/** What a command can't do as it was asked, with the cure. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the message of both.
   *
   * @param problem what is wrong, naming the thing
   * @param cure what to do instead
   */
  public CommandException(String problem, String cure) {
    super(problem + "\n    cure: " + cure);
  }
}
