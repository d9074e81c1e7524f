package dev.lockstep.benchmarks.batch;

import dev.lockstep.benchmarks.process.JavaChild;
import dev.lockstep.benchmarks.process.ParentWatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * A side's run in a process of its own, so that neither finds the other's memory, compiled code or
 * threads.
 */
public final class SideProcess {
  private static final String QUIET = "-Dorg.slf4j.simpleLogger.defaultLogLevel=error";

  private SideProcess() {}

  /**
   * Main class of the process: {@code SIDE WINDOWS PARALLELISM INPUT FOLDER}. Prints {@link
   * Measured#line}.
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    ParentWatch.startIfChild();
    Side side = Side.valueOf(arguments[0]);
    Features features = Features.overWindows(Integer.parseInt(arguments[1]));
    PeakMemory memory = PeakMemory.watch();
    long start = System.nanoTime();
    side.run(
        features, Integer.parseInt(arguments[2]), Path.of(arguments[3]), Path.of(arguments[4]));
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(
        new Measured(seconds, 0, memory.heapBytes(), PeakMemory.residentBytes()).line());
    System.exit(0); // Flink may leave threads behind.
  }

  /**
   * Starts one and waits for it; its input is in the system's cache before.
   *
   * @throws IllegalStateException if it fails, with the end of its log
   */
  static Measured measure(Side side, BatchSettings settings, Path input, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (InputStream file = Files.newInputStream(input)) {
      file.transferTo(OutputStream.nullOutputStream());
    }
    long start = System.nanoTime();
    List<String> output =
        JavaChild.run(
            side.text(),
            SideProcess.class,
            List.of("-Xmx" + settings.heap(), QUIET),
            List.of(
                side.name(),
                Integer.toString(settings.windows()),
                Integer.toString(settings.parallelism()),
                input.toAbsolutePath().toString(),
                folder.toAbsolutePath().toString()),
            folder.resolve(side.name() + ".log"));
    return Measured.of(output, (System.nanoTime() - start) / 1e9);
  }
}
