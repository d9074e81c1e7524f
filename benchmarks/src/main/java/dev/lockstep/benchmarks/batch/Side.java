package dev.lockstep.benchmarks.batch;

import dev.lockstep.beam.batch.Backfill;
import dev.lockstep.beam.batch.BackfillOptions;
import dev.lockstep.beam.batch.LocalRunners;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What computes the features. */
enum Side {
  DUCKDB("DuckDB"),
  LOCKSTEP("Lockstep"),
  FLOOR("the floor");

  /** Outside the heap, for Flink's sorters. */
  static final int MANAGED_MEGABYTES = 512;

  private final String text;

  Side(String text) {
    this.text = text;
  }

  /** Its name for people. */
  String text() {
    return text;
  }

  /** Where its output appears in a folder. */
  Path output(Path folder) {
    return folder.resolve(
        this == DUCKDB ? "duckdb.parquet" : name().toLowerCase(java.util.Locale.ROOT));
  }

  /**
   * Computes, from opening the engine to the published output.
   *
   * @param input a file of payments
   * @param folder for its output and what it spills
   */
  void run(Features features, int parallelism, Path input, Path folder) throws SQLException {
    switch (this) {
      case DUCKDB -> duckDb(features, parallelism, input, folder);
      case LOCKSTEP -> lockstep(features, BackfillOptions.all(), parallelism, input, folder);
      case FLOOR -> lockstep(features, BackfillOptions.all().copying(), parallelism, input, folder);
    }
  }

  /** Without the input's order kept, which is faster or the same. Snappy, its default. */
  private void duckDb(Features features, int threads, Path input, Path folder) throws SQLException {
    try (DuckDb database = DuckDb.open(threads, false, folder.resolve("spill"))) {
      database.run(
          "COPY ("
              + features.sql(DuckDb.text(input))
              + ") TO '"
              + DuckDb.text(output(folder))
              + "' (FORMAT PARQUET)");
    }
  }

  private void lockstep(
      Features features, BackfillOptions options, int parallelism, Path input, Path folder) {
    Backfill.of(
            features.set(),
            null,
            Map.of(Payment.SOURCE.name(), List.of(input)),
            output(folder),
            options)
        .run(LocalRunners.flink(parallelism, MANAGED_MEGABYTES, folder.resolve("flink")));
  }
}
