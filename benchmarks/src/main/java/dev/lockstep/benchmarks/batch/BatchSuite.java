package dev.lockstep.benchmarks.batch;

import dev.lockstep.benchmarks.batch.BatchSettings.Extra;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The whole measurement: data made once, then one process after the other, in rounds, so that what
 * is compared ran in the same quarter of an hour.
 */
public final class BatchSuite {
  private static final int SCALE = 4;

  private final BatchSettings settings;
  private final PrintStream out;
  private final long start = System.nanoTime();
  private final List<Agreement> agreements = new ArrayList<>();
  private final RunTimes times = new RunTimes();

  /** A suite that prints its progress. */
  public BatchSuite(BatchSettings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  /**
   * Runs everything.
   *
   * @throws IllegalStateException if a process fails, with the end of its log
   * @throws IOException if the data folder can't be written
   */
  public BatchReport run() throws IOException, InterruptedException {
    Workload hot = settings.workload();
    Workload even = hot.withHotShare(0);
    boolean scaled = settings.has(Extra.SCALE) && even.rows() >= SCALE;
    boolean floor = settings.has(Extra.FLOOR);
    for (int round = 0; round < settings.repeat(); round++) {
      boolean checked = round == 0;
      compare(even, RunTimes.What.DUCKDB, RunTimes.What.LOCKSTEP, checked);
      if (floor) {
        measureAlone(Side.FLOOR, even, RunTimes.What.FLOOR);
      }
      if (scaled) {
        measureAlone(Side.LOCKSTEP, even.withRows(even.rows() / SCALE), RunTimes.What.QUARTER);
      }
      if (hot.hotShare() > 0) {
        compare(hot, RunTimes.What.HOT_DUCKDB, RunTimes.What.HOT, checked);
      }
    }
    return new BatchReport(settings, times, agreements);
  }

  private void compare(Workload workload, RunTimes.What duckDb, RunTimes.What ours, boolean checked)
      throws IOException, InterruptedException {
    try (Scratch scratch = new Scratch(settings.data().resolve("runs"))) {
      if (settings.has(Extra.DUCKDB)) {
        measure(Side.DUCKDB, workload, duckDb, scratch.folder());
      }
      measure(Side.LOCKSTEP, workload, ours, scratch.folder());
      if (settings.has(Extra.DUCKDB) && checked) {
        agreements.add(agreement(workload, scratch.folder()));
      }
    }
  }

  private Agreement agreement(Workload workload, Path folder) throws IOException {
    try {
      Agreement agreement =
          Agreement.of(
              settings.features(), Side.LOCKSTEP, folder, workload.rows(), settings.parallelism());
      say(agreement.isComplete() ? "the results agree" : "THE RESULTS DIFFER");
      return agreement;
    } catch (SQLException e) {
      throw new IOException("the results can't be compared: " + e.getMessage(), e);
    }
  }

  private void measureAlone(Side side, Workload workload, RunTimes.What what)
      throws IOException, InterruptedException {
    try (Scratch scratch = new Scratch(settings.data().resolve("runs"))) {
      measure(side, workload, what, scratch.folder());
    }
  }

  private void measure(Side side, Workload workload, RunTimes.What what, Path folder)
      throws IOException, InterruptedException {
    Path input =
        new PaymentFiles(settings.data(), settings.parallelism())
            .of(
                workload,
                () -> say("making %,d payments, seed %d", workload.rows(), workload.seed()));
    Measured measured = SideProcess.measure(side, settings, input, folder);
    times.add(what, workload.rows(), measured);
    say("%s: %.1f s", what.text(), measured.seconds());
  }

  private void say(String format, Object... arguments) {
    out.printf(Locale.ROOT, "%5.0f s  ", (System.nanoTime() - start) / 1e9);
    out.printf(Locale.ROOT, format + "%n", arguments);
    out.flush();
  }
}
