package dev.lockstep.cli.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Java process that ends with this one, however this one ends.
 *
 * <p>The child's standard input is a pipe whose only writer is this JVM; the child ends when it
 * ends ({@link ParentWatch}). Its standard error and what it prints go to a log file, but for the
 * line that says it is ready: {@code READY ...}.
 */
public final class ChildJvm implements AutoCloseable {
  /**
   * The system property with options for the Java of every child, by blanks: tests, whose children
   * live for seconds, let them compile less.
   */
  static final String OPTIONS = "lockstep.child.options";

  private static final String READY = "READY";
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);
  private static final int SHOWN_LINES = 15;

  /** Flink and Beam reflect on the JDK: as jvm.opens in the build and the launcher's flags. */
  private static final List<String> OPENS =
      List.of(
          "java.base/java.lang",
          "java.base/java.util",
          "java.base/java.lang.invoke",
          "java.base/java.nio");

  /**
   * From this version on Java warns of what Flink's and Redis's libraries do; 17 knows no QUIET.
   */
  private static final int WARNS_OF_UNSAFE = 24;

  private static final List<String> QUIET =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  /**
   * What to start.
   *
   * @param name for people and for the log's name
   * @param classPath entries joined as Java wants them
   * @param jvmOptions such as {@code -Xmx1g}
   * @param mainClass the class to run
   * @param arguments of the main class
   */
  public record Start(
      String name,
      String classPath,
      List<String> jvmOptions,
      String mainClass,
      List<String> arguments) {
    public Start {
      jvmOptions = List.copyOf(jvmOptions);
      arguments = List.copyOf(arguments);
    }
  }

  private final String name;
  private final Process process;
  private final Path log;
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private ChildJvm(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a child and returns at once.
   *
   * @param logs the folder of its log; made if missing
   * @throws IOException if the folder can't be written or Java can't be started
   */
  public static ChildJvm start(Start start, Path logs) throws IOException {
    Files.createDirectories(logs);
    Path log = logs.resolve(start.name() + ".log");
    Files.deleteIfExists(log);
    Files.createFile(log);
    ProcessBuilder builder = new ProcessBuilder(commandLine(start));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    ChildJvm child = new ChildJvm(start.name(), builder.start(), log);
    Thread reader = new Thread(child::readOutput, start.name() + "-output");
    reader.setDaemon(true);
    reader.start();
    return child;
  }

  /**
   * Runs a child that speaks for itself: what it prints goes where this process prints.
   *
   * @param cleanup ends it if this process is told to end
   * @return its exit code
   * @throws IOException if Java can't be started
   */
  public static int runShown(Start start, Cleanup cleanup)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(commandLine(start))
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    cleanup.add(() -> end(process));
    return process.waitFor();
  }

  private static List<String> commandLine(Start start) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String packageName : OPENS) {
      line.add("--add-opens");
      line.add(packageName + "=ALL-UNNAMED");
    }
    if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
      line.addAll(QUIET);
    }
    line.add("-D" + ParentWatch.PROPERTY + "=true");
    String more = System.getProperty(OPTIONS, "");
    line.addAll(more.isBlank() ? List.of() : List.of(more.strip().split("\\s+")));
    line.addAll(start.jvmOptions());
    line.add("-cp");
    line.add(start.classPath());
    line.add(start.mainClass());
    line.addAll(start.arguments());
    return line;
  }

  private void readOutput() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter copy = Files.newBufferedWriter(log, StandardOpenOption.APPEND)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(READY)) {
          ready.complete(line.substring(READY.length()).strip());
        } else {
          copy.write(line);
          copy.newLine();
          copy.flush();
        }
      }
      ready.completeExceptionally(new ChildFailedException(name + " ended before it was ready"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  /**
   * Waits until the child says it is ready.
   *
   * @return what follows READY on its line
   * @throws ChildFailedException if it ends before, or the time is up, with its last lines
   */
  public String awaitReady(Duration timeout) throws InterruptedException {
    try {
      return ready.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failed("wasn't ready within " + timeout.toSeconds() + " s");
    } catch (ExecutionException e) {
      process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      throw failed("ended before it was ready" + exitText());
    }
  }

  /**
   * Checks that the child is running.
   *
   * @throws ChildFailedException with its last lines if it has ended
   */
  public void checkAlive() {
    if (!process.isAlive()) {
      throw failed("ended unexpectedly" + exitText());
    }
  }

  private String exitText() {
    return process.isAlive() ? "" : " with exit code " + process.exitValue();
  }

  private ChildFailedException failed(String what) {
    return new ChildFailedException(
        "the " + name + " process " + what + "; its log " + log + " ends with:\n" + lastLines());
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
      return last.isEmpty() ? "  (nothing)" : "  " + String.join("\n  ", last);
    } catch (IOException e) {
      return "  (unreadable: " + e.getMessage() + ")";
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Waits until the child ends by itself. */
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  /**
   * Ends the child's input, which ends the child; kills it if it doesn't end. Returns when it is
   * gone. Closing again does nothing.
   */
  @Override
  public void close() {
    end(process);
  }

  private static void end(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy(); // The pipe is broken: it has ended, or is about to.
    }
    try {
      if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(KILL_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
