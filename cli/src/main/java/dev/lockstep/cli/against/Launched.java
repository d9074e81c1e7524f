package dev.lockstep.cli.against;

import dev.lockstep.cli.process.Cleanup;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A checkout's own launcher, run as a user would.
 *
 * @param launcher its file
 * @param cleanup ends what runs if this process is told to end
 */
record Launched(Path launcher, Cleanup cleanup) {
  private static final int SHOWN_LINES = 20;

  /**
   * Runs one command.
   *
   * @param log takes what it prints
   * @return its exit code
   */
  int run(List<String> arguments, Path log) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(launcher.toString()));
    line.addAll(arguments);
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process =
        new ProcessBuilder(line)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    cleanup.add(process::destroy);
    return process.waitFor();
  }

  /** The last lines of a log, for messages. */
  static String end(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return "its output "
        + log
        + " ends with:\n  "
        + String.join("\n  ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }
}
