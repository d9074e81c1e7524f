package dev.lockstep.benchmarks.batch;

import dev.lockstep.benchmarks.process.JavaChild;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * What a new day costs on top of six, beside all seven at once: the payments of the batch's
 * benchmark, in a file a day, each run in a process of its own; and whether the day's rows are the
 * same.
 */
public final class DaysSuite {
  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final int DAYS = 7;
  private static final long DAY_MICROS = 86_400_000_000L;
  private static final String QUIET = "-Dorg.slf4j.simpleLogger.defaultLogLevel=error";

  private final Workload workload;
  private final int parallelism;
  private final String heap;
  private final Path data;
  private final PrintStream out;

  /** What was found. */
  public record Result(
      long rows, double wholeSeconds, double newDaySeconds, boolean rowsIdentical) {
    public double ratio() {
      return newDaySeconds / wholeSeconds;
    }
  }

  public DaysSuite(Workload workload, int parallelism, String heap, Path data, PrintStream out) {
    this.workload = workload;
    this.parallelism = parallelism;
    this.heap = heap;
    this.data = data;
    this.out = out;
  }

  /**
   * Generates, runs and compares.
   *
   * @throws IllegalStateException if a run fails, with the end of its log
   */
  public Result run() throws IOException, InterruptedException, SQLException {
    Path files = days();
    try (Scratch scratch = new Scratch(data.resolve("runs"))) {
      Path folder = scratch.folder();
      String last = FIRST.plusDays(DAYS - 1).toString();
      Measured whole = process("whole", last, files, folder.resolve("whole"), folder);
      say("seven days at once: %.1f s", whole);
      Path daily = folder.resolve("days");
      Measured six = process("days", FIRST.plusDays(DAYS - 2).toString(), files, daily, folder);
      say("six days, one after the other: %.1f s", six);
      Measured seventh = process("days", last, files, daily, folder);
      say("the seventh day on top of them: %.1f s", seventh);
      boolean identical = sameRows(folder.resolve("whole"), daily.resolve("date=" + last), folder);
      return new Result(workload.rows(), whole.seconds(), seventh.seconds(), identical);
    }
  }

  private void say(String format, Measured run) {
    out.println(String.format(Locale.ROOT, "  " + format, run.seconds()));
  }

  /** A file a day: the payments, with their span brought to seven days. */
  private Path days() throws IOException, SQLException {
    Path all =
        new PaymentFiles(data, parallelism)
            .of(workload, () -> out.println("  making " + workload.rows() + " payments"));
    Path folder = all.resolveSibling("days");
    Path done = folder.resolve("done");
    if (Files.exists(done)) {
      return folder;
    }
    try (DuckDb database = DuckDb.open(parallelism, true, data.resolve("spill"))) {
      long start = FIRST.toEpochDay() * DAY_MICROS;
      String scaled =
          "SELECT key, make_timestamp(%d + ((epoch_us(\"at\") - %d)::HUGEINT * %d // %d)::BIGINT) AS at,"
              + " amount FROM read_parquet('%s')";
      String payments =
          String.format(
              Locale.ROOT,
              scaled,
              start,
              PaymentFiles.START_MICROS,
              DAYS * DAY_MICROS,
              workload.rows() * PaymentFiles.STEP_MICROS,
              DuckDb.text(all));
      for (int d = 0; d < DAYS; d++) {
        LocalDate day = FIRST.plusDays(d);
        Path file = folder.resolve("date=" + day).resolve("payments.parquet");
        Files.createDirectories(file.getParent());
        database.run(
            "COPY (SELECT * FROM ("
                + payments
                + ") WHERE \"at\" >= '"
                + day
                + "' AND \"at\" < '"
                + day.plusDays(1)
                + "') TO '"
                + DuckDb.text(file)
                + "' (FORMAT PARQUET)");
      }
    }
    Files.createFile(done);
    return folder;
  }

  private Measured process(String mode, String last, Path files, Path output, Path folder)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<String> printed =
        JavaChild.run(
            mode,
            DaysProcess.class,
            List.of("-Xmx" + heap, QUIET),
            List.of(
                mode,
                FIRST.toString(),
                last,
                Integer.toString(parallelism),
                files.toAbsolutePath().toString(),
                output.toAbsolutePath().toString(),
                folder.resolve("work").toAbsolutePath().toString()),
            folder.resolve(mode + "-" + last + ".log"));
    return Measured.of(printed, (System.nanoTime() - start) / 1e9);
  }

  /** Whether a day holds exactly the whole's rows of that day, all columns compared. */
  private boolean sameRows(Path whole, Path day, Path folder) throws SQLException {
    String ofWhole =
        "SELECT * FROM read_parquet('"
            + DuckDb.text(whole)
            + "/part-*.parquet') WHERE event_time >= '"
            + FIRST.plusDays(DAYS - 1)
            + "'";
    String ofDay =
        "SELECT * FROM read_parquet('"
            + DuckDb.text(day)
            + "/part-*.parquet', hive_partitioning = false)";
    try (DuckDb database = DuckDb.open(parallelism, false, folder.resolve("spill"))) {
      long missing = count(database, ofWhole, ofDay);
      long extra = count(database, ofDay, ofWhole);
      long rows = database.one("SELECT count(*) FROM (" + ofDay + ")", r -> r.getLong(1));
      return rows > 0 && missing == 0 && extra == 0;
    }
  }

  private static long count(DuckDb database, String a, String b) throws SQLException {
    return database.one("SELECT count(*) FROM (" + a + " EXCEPT ALL " + b + ")", r -> r.getLong(1));
  }
}
