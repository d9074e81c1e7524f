package dev.lockstep.benchmarks.batch;

import dev.lockstep.beam.batch.Backfill;
import dev.lockstep.beam.batch.BackfillOptions;
import dev.lockstep.beam.batch.DailyBackfill;
import dev.lockstep.beam.batch.LocalRunners;
import dev.lockstep.benchmarks.process.ParentWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Main class of a process that backfills days: all at once, or one after the other. */
public final class DaysProcess {
  private DaysProcess() {}

  /**
   * {@code whole|days FIRST LAST PARALLELISM FILES OUT WORK}: prints {@link Measured#line}. Days
   * that are there are left, so that what is measured is the last one.
   */
  public static void main(String[] arguments) throws IOException {
    ParentWatch.startIfChild();
    boolean whole = arguments[0].equals("whole");
    LocalDate first = LocalDate.parse(arguments[1]);
    LocalDate last = LocalDate.parse(arguments[2]);
    int parallelism = Integer.parseInt(arguments[3]);
    Map<String, List<Path>> files = Map.of(Payment.SOURCE.name(), List.of(Path.of(arguments[4])));
    Path out = Path.of(arguments[5]);
    Path work = Path.of(arguments[6]);
    Features features = Features.overWindows(3);
    PeakMemory memory = PeakMemory.watch();
    long start = System.nanoTime();
    if (whole) {
      BackfillOptions options =
          BackfillOptions.all()
              .until(last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
              .replacing(true);
      Backfill.of(features.set(), null, files, out, options)
          .run(LocalRunners.flink(parallelism, Side.MANAGED_MEGABYTES, work));
    } else {
      new DailyBackfill(features.set(), files, out, BackfillOptions.all())
          .run(
              first,
              last,
              false,
              () -> LocalRunners.flink(parallelism, Side.MANAGED_MEGABYTES, work),
              (day, folder, summary) -> {});
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(
        new Measured(seconds, 0, memory.heapBytes(), PeakMemory.residentBytes()).line());
    System.exit(0); // Flink may leave threads behind.
  }
}
