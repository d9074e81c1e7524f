package dev.lockstep.cli.bench;

import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.TemporaryFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Draws a training set, and trains on it in a process of its own.
 *
 * @param rows of the set
 * @param columns features of it
 * @param seed what it is drawn from
 * @param rounds how many trees at most
 * @param heap the most Java heap of the process, as {@code -Xmx} wants it
 */
public record TrainBench(long rows, int columns, long seed, int rounds, String heap) {
  private static final String PREFIX = "bench-train-";

  /**
   * Measures.
   *
   * @param data the folder in which files are kept while it runs
   * @param json takes the figures, too; null for none
   * @return the process's exit code
   */
  public int run(Path data, @Nullable Path json, PrintWriter out)
      throws IOException, InterruptedException {
    try (Cleanup cleanup = new Cleanup()) {
      Path folder = cleanup.add(TemporaryFolder.in(data, PREFIX)).path();
      Path set = folder.resolve("set");
      long start = System.nanoTime();
      new DrawnSet(DrawnPlan.of(columns), rows, seed).write(set);
      out.printf(
          Locale.ROOT,
          "%,d rows of %d features drawn and written in %.1f s%n",
          rows,
          columns,
          (System.nanoTime() - start) / 1e9);
      out.flush();
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  set.toString(),
                  folder.resolve("model").toString(),
                  Integer.toString(columns),
                  Integer.toString(rounds)));
      if (json != null) {
        Path parent = json.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        arguments.add(json.toAbsolutePath().toString());
      }
      return ChildJvm.runShown(
          new ChildJvm.Start(
              "train",
              System.getProperty("java.class.path"),
              List.of("-Xmx" + heap, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"),
              TrainProcess.class.getName(),
              arguments),
          cleanup);
    }
  }
}
