package dev.lockstep.benchmarks.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Java process with this one's class path, which ends with this one, however this one ends. */
public final class JavaChild {
  private static final int SHOWN_LINES = 20;

  /** What this process was started with and its children need, too. */
  private static final List<String> PASSED_ON =
      List.of("--add-opens", "--enable-native-access", "--sun-misc-unsafe", "-XX:");

  private JavaChild() {}

  /**
   * Runs a main class to its end.
   *
   * @param name for messages
   * @param jvmOptions such as {@code -Xmx1g}
   * @param log takes what it writes to standard error
   * @return what it printed
   * @throws IllegalStateException if it fails, with the end of its log
   * @throws IOException if Java can't be started
   */
  public static List<String> run(
      String name, Class<?> main, List<String> jvmOptions, List<String> arguments, Path log)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> PASSED_ON.stream().anyMatch(option::startsWith))
        .forEach(line::add);
    line.add("-D" + ParentWatch.PROPERTY + "=true");
    line.addAll(jvmOptions);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    line.addAll(arguments);
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process = new ProcessBuilder(line).redirectError(log.toFile()).start();
    try (Stream<String> output = process.inputReader(StandardCharsets.UTF_8).lines()) {
      List<String> printed = output.toList();
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            name
                + " ended with exit code "
                + code
                + "; its log "
                + log
                + " ends with:\n"
                + lastLines(log));
      }
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return "  "
        + String.join("\n  ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }
}
