package dev.lockstep.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A small shell process that kills a command and deletes a directory when this JVM closes it or
 * dies, even by {@code kill -9}.
 *
 * <p>The shell reads from a pipe whose only writer is this JVM, and the operating system closes the
 * pipe with the JVM. So there is one way to clean up, used every day, not a second one for
 * accidents.
 */
final class Watchdog implements AutoCloseable {

  /**
   * Waits for the end of standard input, then cleans up. Plain POSIX sh, as on Linux and macOS. The
   * signals of a closing terminal reach the whole process group: the shell must outlive them. The
   * command is killed outright, since what it would save is deleted anyway. From {@code exec} on,
   * only the command holds standard output, so its end shows the command's end.
   */
  private static final String SCRIPT =
      """
      directory=$1
      shift
      trap '' HUP INT TERM
      command=
      if [ $# -gt 0 ]; then
        "$@" </dev/null 2>&1 &
        command=$!
      fi
      exec >/dev/null 2>&1
      while read -r line; do :; done
      if [ -n "$command" ]; then
        kill -KILL "$command"
        wait "$command"
      fi
      rm -rf "$directory"
      """;

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
  private static final int KEPT_LINES = 12;

  private final Process shell;
  private final Path directory;

  private Watchdog(Process shell, Path directory) {
    this.shell = shell;
    this.directory = directory;
  }

  /**
   * Starts a watchdog.
   *
   * @param directory deleted with all it holds at the end
   * @param command program and arguments, killed at the end; empty: only the directory is deleted
   * @throws ServerStartException if there is no {@code sh}
   */
  static Watchdog start(Path directory, List<String> command) {
    List<String> line = new ArrayList<>(List.of("sh", "-c", SCRIPT, "watchdog"));
    line.add(directory.toAbsolutePath().toString());
    line.addAll(command);
    try {
      return new Watchdog(new ProcessBuilder(line).start(), directory);
    } catch (IOException e) {
      throw new ServerStartException(
          "Local servers are watched by a POSIX shell, and 'sh' can't be started; use Linux, macOS"
              + " or WSL with sh on the PATH",
          e);
    }
  }

  /**
   * Waits until the command prints a line that contains a text; later output is read and dropped.
   * Call it once.
   *
   * @throws ServerStartException with the last lines printed, if the command ends before or the
   *     time is up
   */
  void awaitLine(String text, Duration timeout) {
    Deque<String> lastLines = new ArrayDeque<>();
    CompletableFuture<Boolean> seen = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(text, lastLines, seen), "watchdog-output");
    reader.setDaemon(true);
    reader.start();
    String problem;
    try {
      if (seen.get(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      problem = "it ended";
    } catch (TimeoutException e) {
      problem = "it was silent for " + timeout.toSeconds() + " s";
    } catch (ExecutionException e) {
      throw new ServerStartException("its output can't be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerStartException("interrupted while it started", e);
    }
    synchronized (lastLines) {
      throw new ServerStartException(
          problem + ", having printed: " + String.join(" | ", lastLines));
    }
  }

  private void read(String text, Deque<String> lastLines, CompletableFuture<Boolean> seen) {
    try (BufferedReader output = shell.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lastLines) {
          lastLines.addLast(line.strip());
          if (lastLines.size() > KEPT_LINES) {
            lastLines.removeFirst();
          }
        }
        if (line.contains(text)) {
          seen.complete(true);
        }
      }
      seen.complete(false);
    } catch (IOException e) {
      // Also reached, harmlessly, when close() races with the command's last line.
      seen.completeExceptionally(e);
    }
  }

  /**
   * Kills the command, deletes the directory and returns when both are gone. Closing again does
   * nothing.
   *
   * @throws IllegalStateException if the directory could not be deleted
   */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      if (!shell.waitFor(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "The watchdog of " + directory + " (process " + shell.pid() + ") doesn't end; kill it");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't close the pipe to the watchdog of " + directory, e);
    } catch (InterruptedException e) {
      // The pipe is closed already: the shell goes on cleaning up by itself.
      Thread.currentThread().interrupt();
      return;
    }
    if (shell.exitValue() != 0) {
      throw new IllegalStateException(
          "The watchdog of "
              + directory
              + " was killed or failed with exit code "
              + shell.exitValue()
              + "; delete the directory by hand");
    }
  }
}
