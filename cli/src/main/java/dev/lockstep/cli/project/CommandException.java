package dev.lockstep.cli.project;

/** What a command can't do as it was asked, with the cure. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  /**
   * Says that the command was called wrongly.
   *
   * @param problem what is wrong, naming the thing
   * @param cure what to do instead
   */
  public CommandException(String problem, String cure) {
    this(FailureKind.USAGE, problem, cure);
  }

  /**
   * Says what went wrong otherwise.
   *
   * @param problem what is wrong, naming the thing
   * @param cure what to do instead
   */
  public CommandException(FailureKind kind, String problem, String cure) {
    super(problem + "\n    cure: " + cure);
    this.kind = kind;
  }

  private CommandException(String message) {
    super(message);
    this.kind = FailureKind.USAGE;
  }

  /** Says that the command was called wrongly, in words that name their cures already. */
  public static CommandException calledWrongly(String message) {
    return new CommandException(message);
  }

  /** What kind of failure it is. */
  public FailureKind kind() {
    return kind;
  }
}
