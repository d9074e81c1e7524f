package dev.lockstep.cli.project;

/** The kind of thing that went wrong, which a script tells by the exit code. */
public enum FailureKind {
  /** The command was called wrongly. */
  USAGE(2),
  /** The project's definition is wrong. */
  DEFINITION(3),
  /** A file, a training set, a model or a snapshot isn't what it should be. */
  DATA(4),
  /** Kafka, Redis, Flink, another process or a disk doesn't do its part. */
  INFRASTRUCTURE(5),
  /** Nothing that we know of: our own mistake. */
  BUG(70);

  /** The exit code of a command that did what was asked. */
  public static final int DONE = 0;

  /** What was asked is not so: what was compared differs, a check found something. */
  public static final int NO = 1;

  /** Ended by a signal, after cleaning up. */
  public static final int INTERRUPTED = 130;

  private final int exitCode;

  FailureKind(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
