package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.batch.BatchReport;
import dev.lockstep.benchmarks.batch.BatchSettings;
import dev.lockstep.benchmarks.batch.BatchSettings.Extra;
import dev.lockstep.benchmarks.batch.BatchSuite;
import dev.lockstep.benchmarks.batch.Workload;
import dev.lockstep.benchmarks.process.BusyMachine;
import dev.lockstep.benchmarks.process.ParentWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Main class of the process behind {@code ./lockstep bench batch}, whose help says what the
 * arguments mean.
 *
 * <pre>
 * java -cp ... dev.lockstep.benchmarks.BatchBench --rows N --windows 3|10 --keys N --hot-share S
 *     --seed N --repeat N --parallelism N --heap 2g --data DIR
 *     [--duckdb] [--floor] [--scale] [--json FILE]
 * </pre>
 *
 * <p>Exit code 1: a measurement failed, results differ, or a file can't be written; 2: wrong
 * arguments; reasons on standard error. Started by another process of Lockstep's, it ends with it.
 */
public final class BatchBench {
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private long rows = 5_000_000;
  private int windows = 3;
  private int keys = 50_000;
  private double hotShare;
  private long seed = 1;
  private int repeat = 1;
  private int parallelism = Runtime.getRuntime().availableProcessors();
  private String heap = "2g";
  private Path data = Path.of(".lockstep", "bench");
  private final Set<Extra> extras = EnumSet.noneOf(Extra.class);
  private @Nullable Path json;

  private BatchBench() {}

  /** Measures; see the class. */
  public static void main(String[] arguments) {
    BatchBench bench = new BatchBench();
    BatchSettings settings = null;
    try {
      settings = bench.parse(new ArrayDeque<>(List.of(arguments)));
    } catch (IllegalArgumentException e) {
      System.err.println("lockstep: wrong arguments: " + e.getMessage());
      System.exit(WRONG_ARGUMENTS);
    }
    ParentWatch.startIfChild();
    BusyMachine.tell();
    System.exit(settings == null ? WRONG_ARGUMENTS : bench.run(settings));
  }

  private BatchSettings parse(Deque<String> left) {
    while (!left.isEmpty()) {
      String option = left.pop();
      switch (option) {
        case "--rows" -> rows = Long.parseLong(value(option, left));
        case "--windows" -> windows = Integer.parseInt(value(option, left));
        case "--keys" -> keys = Integer.parseInt(value(option, left));
        case "--hot-share" -> hotShare = Double.parseDouble(value(option, left));
        case "--seed" -> seed = Long.parseLong(value(option, left));
        case "--repeat" -> repeat = Integer.parseInt(value(option, left));
        case "--parallelism" -> parallelism = Integer.parseInt(value(option, left));
        case "--heap" -> heap = value(option, left);
        case "--data" -> data = Path.of(value(option, left));
        case "--json" -> json = Path.of(value(option, left));
        case "--duckdb" -> extras.add(Extra.DUCKDB);
        case "--floor" -> extras.add(Extra.FLOOR);
        case "--scale" -> extras.add(Extra.SCALE);
        default -> throw new IllegalArgumentException(option + " is no option");
      }
    }
    return new BatchSettings(
        new Workload(rows, keys, hotShare, seed),
        windows,
        extras,
        repeat,
        parallelism,
        heap,
        data.toAbsolutePath().normalize());
  }

  private static String value(String option, Deque<String> left) {
    if (left.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return left.pop();
  }

  private int run(BatchSettings settings) {
    try {
      BatchReport report = new BatchSuite(settings, System.out).run();
      report.lines().forEach(System.out::println);
      if (json != null) {
        Path folder = json.toAbsolutePath().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        Files.writeString(json, report.json());
      }
      return report.differs() ? FAILED : 0;
    } catch (IllegalStateException | IOException e) {
      System.err.println("lockstep: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return FAILED;
  }
}
