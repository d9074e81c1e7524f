package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.process.BusyMachine;
import dev.lockstep.benchmarks.process.ParentWatch;
import dev.lockstep.benchmarks.report.KernelReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Main class of the process behind {@code ./lockstep bench kernel}.
 *
 * <pre>
 * java -cp ... dev.lockstep.benchmarks.KernelBench [--quick] [--json FILE]
 * </pre>
 *
 * <p>Exit code 1: a measurement failed or the file can't be written; 2: wrong arguments; reasons on
 * standard error. Started by another process of Lockstep's, it ends with it.
 */
public final class KernelBench {
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private KernelBench() {}

  /** Measures; see the class. */
  public static void main(String[] arguments) {
    KernelSuite.Settings settings = KernelSuite.Settings.FULL;
    Path json = null;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--quick")) {
        settings = KernelSuite.Settings.QUICK;
      } else if (arguments[i].equals("--json") && i + 1 < arguments.length) {
        json = Path.of(arguments[++i]);
      } else {
        System.err.println("Usage: KernelBench [--quick] [--json FILE]");
        System.exit(WRONG_ARGUMENTS);
      }
    }
    ParentWatch.startIfChild();
    BusyMachine.tell();
    System.exit(run(settings, json));
  }

  private static int run(KernelSuite.Settings settings, @Nullable Path json) {
    try {
      KernelReport report = new KernelSuite(settings, System.out).run();
      report.lines().forEach(System.out::println);
      if (json != null) {
        Path folder = json.toAbsolutePath().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        Files.writeString(json, report.json());
      }
      return 0;
    } catch (IllegalStateException e) {
      System.err.println("\nlockstep: " + e.getMessage());
    } catch (IOException e) {
      System.err.println("\nlockstep: " + json + " can't be written: " + e);
    }
    return FAILED;
  }
}
