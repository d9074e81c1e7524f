package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.result.ErrorResult;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Says what went wrong in one message, without a stack trace unless asked; the exit code is that of
 * its {@link FailureKind}.
 *
 * <p>Our own exceptions name the thing and the cure; runners and libraries wrap them, so the
 * innermost of ours speaks. Classes are told apart by name: not every process has all of them.
 */
public final class Failures implements IExecutionExceptionHandler {
  private static final String OURS = "dev.lockstep.";

  /** By the simple names of our exceptions. */
  private static final Map<String, FailureKind> KINDS =
      Map.ofEntries(
          Map.entry("DefinitionException", FailureKind.DEFINITION),
          Map.entry("DataException", FailureKind.DATA),
          Map.entry("HistoryFileException", FailureKind.DATA),
          Map.entry("ModelRefusedException", FailureKind.DATA),
          Map.entry("SnapshotException", FailureKind.DATA),
          Map.entry("SpineException", FailureKind.DATA),
          Map.entry("TrainingException", FailureKind.DATA),
          Map.entry("TrainingSetException", FailureKind.DATA),
          Map.entry("WireException", FailureKind.DATA),
          Map.entry("ChildFailedException", FailureKind.INFRASTRUCTURE),
          Map.entry("DecisionException", FailureKind.INFRASTRUCTURE),
          Map.entry("KafkaUnavailableException", FailureKind.INFRASTRUCTURE),
          Map.entry("LogUnreadableException", FailureKind.INFRASTRUCTURE),
          Map.entry("ServerStartException", FailureKind.INFRASTRUCTURE),
          Map.entry("StoreUnavailableException", FailureKind.INFRASTRUCTURE));

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
      return FailureKind.INTERRUPTED;
    }
    String message = message(failure);
    err.println("lockstep: " + message);
    if (debug.getAsBoolean()) {
      failure.printStackTrace(err);
    }
    err.flush();
    FailureKind kind = kind(failure);
    ResultOutput.failed(commandLine, ErrorResult.of(word(kind), message));
    return kind.exitCode();
  }

  /** Says what is wrong with the settings of all commands. */
  public static int ofSettings(CommandLine line, CommandException failure, String... arguments) {
    String message = String.valueOf(failure.getMessage());
    line.getErr().println("lockstep: " + message);
    line.getErr().flush();
    ResultOutput.failed(line, ErrorResult.of(word(failure.kind()), message), arguments);
    return failure.kind().exitCode();
  }

  static String word(FailureKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static FailureKind kind(Throwable failure) {
    Throwable ours = findOurs(failure);
    if (ours instanceof CommandException command) {
      return command.kind();
    }
    if (ours != null) {
      String name = ours.getClass().getName();
      String owner =
          name.startsWith(OURS) ? name : String.valueOf(ours.getMessage()).split(": ")[0];
      return KINDS.getOrDefault(owner.substring(owner.lastIndexOf('.') + 1), FailureKind.BUG);
    }
    if (find(failure, NoSuchFileException.class) != null
        || find(failure, FileNotFoundException.class) != null) {
      return FailureKind.DATA;
    }
    return find(failure, IOException.class) == null ? FailureKind.BUG : FailureKind.INFRASTRUCTURE;
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
