package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.define.DefinitionException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Says what went wrong in one message, without a stack trace unless asked: exit code 2 for a wrong
 * definition, 1 for the rest.
 *
 * <p>Our own exceptions name the thing and the cure; runners and libraries wrap them, so the
 * innermost of ours speaks. Classes are told apart by name: not every process has all of them.
 */
public final class Failures implements IExecutionExceptionHandler {
  static final int FAILED = 1;
  static final int WRONG_DEFINITION = 2;
  private static final String OURS = "dev.lockstep.";

  private final BooleanSupplier debug;

  public Failures(BooleanSupplier debug) {
    this.debug = debug;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, @Nullable ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (Cleanup.isStopping() && !debug.getAsBoolean()) {
      err.println("lockstep: stopped, and cleaned up");
      err.flush();
      return FAILED;
    }
    err.println("lockstep: " + message(failure));
    if (debug.getAsBoolean()) {
      failure.printStackTrace(err);
    }
    err.flush();
    return findOurs(failure) instanceof DefinitionException ? WRONG_DEFINITION : FAILED;
  }

  static String message(Throwable failure) {
    Throwable ours = findOurs(failure);
    if (ours != null) {
      return text(ours);
    }
    Throwable io = find(failure, IOException.class);
    if (io instanceof FileSystemException file) {
      return fileMessage(file);
    }
    if (io != null) {
      return String.valueOf(io.getMessage() == null ? io : io.getMessage());
    }
    return root(failure) + "\n    This may be a bug: --debug shows where.";
  }

  private static String fileMessage(FileSystemException e) {
    String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    return e.getFile()
        + " can't be used: "
        + reason.replace("Exception", "")
        + "\n    cure: check the path and its permissions, or give another with --data or --out";
  }

  private static String text(Throwable ours) {
    String message = String.valueOf(ours.getMessage());
    return ours.getClass().getName().startsWith(OURS)
        ? message
        : message.substring(message.indexOf(": ") + 2);
  }

  /**
   * Whether it is one of ours, or stands for one that was thrown on a cluster and whose class isn't
   * here: its message begins with the name.
   */
  private static boolean isOurs(Throwable t) {
    if (t.getClass().getName().startsWith(OURS)) {
      return true;
    }
    String message = String.valueOf(t.getMessage());
    return t.getClass().getSimpleName().equals("SerializedThrowable")
        && message.startsWith(OURS)
        && message.contains(": ");
  }

  /** The innermost exception of ours in a chain of causes, or null. */
  private static @Nullable Throwable findOurs(Throwable failure) {
    Throwable found = null;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (isOurs(t)) {
        found = t;
      }
    }
    return found;
  }

  private static @Nullable Throwable find(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return t;
      }
    }
    return null;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
