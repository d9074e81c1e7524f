package dev.lockstep.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.benchmarks.batch.DaysSuite;
import dev.lockstep.benchmarks.batch.Workload;
import dev.lockstep.benchmarks.process.BusyMachine;
import dev.lockstep.benchmarks.process.ParentWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Main class of the process behind {@code ./lockstep bench days}: {@code ROWS SEED HEAP DATA
 * [JSON]}. Exit code 1 if a run failed or rows differ.
 */
public final class DaysBench {
  private static final int KEYS = 50_000;
  private static final double TARGET = 0.3;

  private DaysBench() {}

  public static void main(String[] arguments) throws IOException {
    ParentWatch.startIfChild();
    BusyMachine.tell();
    Workload workload =
        new Workload(Long.parseLong(arguments[0]), KEYS, 0, Long.parseLong(arguments[1]));
    int cores = Runtime.getRuntime().availableProcessors();
    try {
      DaysSuite.Result result =
          new DaysSuite(
                  workload,
                  cores,
                  arguments[2],
                  Path.of(arguments[3]).toAbsolutePath().normalize(),
                  System.out)
              .run();
      System.out.printf(
          Locale.ROOT,
          "%n%,d payments in seven days, 18 features: a new day takes %.2f of all seven at once"
              + " (target <= %.1f: %s)%nthe day's rows are %s%n",
          result.rows(),
          result.ratio(),
          TARGET,
          result.ratio() <= TARGET ? "met" : "NOT MET",
          result.rowsIdentical() ? "identical in all columns" : "DIFFERENT");
      if (arguments.length > 4) {
        Files.writeString(Path.of(arguments[4]), json(result));
      }
      System.exit(result.rowsIdentical() ? 0 : 1);
    } catch (IllegalStateException | SQLException e) {
      System.err.println("lockstep: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(1);
  }

  private static String json(DaysSuite.Result result) {
    return new ObjectMapper()
            .createObjectNode()
            .put("rows", result.rows())
            .put("whole_seconds", result.wholeSeconds())
            .put("new_day_seconds", result.newDaySeconds())
            .put("ratio_new_day_to_whole", result.ratio())
            .put("rows_identical", result.rowsIdentical())
            .toPrettyString()
        + "\n";
  }
}
