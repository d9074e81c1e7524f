package dev.lockstep.benchmarks.batch;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Generated payments on disk, made once and used again: a folder with the file {@code
 * payments.parquet} and a manifest that says what it was made from. In order of time, as an archive
 * is; a row of the file is a pure function of its number and the seed.
 */
final class PaymentFiles {
  private static final String DATA = "payments.parquet";
  private static final String MANIFEST = "manifest.properties";

  /** Of {@link #sql}: data of another version is made again. */
  private static final int VERSION = 1;

  static final long START_MICROS = 1_767_225_600_000_000L; // 2026-01-01 UTC

  /** 5 000 000 payments in 30 days. */
  static final long STEP_MICROS = 518_400;

  private static final double MOST_AMOUNT = 5_000;

  private final Path folder;
  private final int threads;

  PaymentFiles(Path folder, int threads) {
    this.folder = folder;
    this.threads = threads;
  }

  /**
   * The file of a workload, made if it isn't there or was made from something else.
   *
   * @param whenMade run before it is made
   * @throws IOException if it can't be written
   */
  Path of(Workload workload, Runnable whenMade) throws IOException {
    Path home = folder.resolve(workload.folder());
    Path file = home.resolve(DATA);
    if (isThere(home, file, workload)) {
      return file;
    }
    whenMade.run();
    Files.createDirectories(home);
    Path manifest = home.resolve(MANIFEST);
    Files.deleteIfExists(manifest);
    Path unfinished = home.resolve(DATA + ".tmp");
    try (DuckDb database = DuckDb.open(threads, true, folder.resolve("spill"))) {
      database.run(
          "COPY (" + sql(workload) + ") TO '" + DuckDb.text(unfinished) + "' (FORMAT PARQUET)");
    } catch (SQLException e) {
      throw new IOException(
          "the payments can't be written to " + unfinished + ": " + e.getMessage(), e);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (Writer writer = Files.newBufferedWriter(manifest)) {
      manifest(workload, Files.size(file)).store(writer, null);
    }
    return file;
  }

  private static boolean isThere(Path home, Path file, Workload workload) throws IOException {
    Path manifest = home.resolve(MANIFEST);
    if (!Files.isRegularFile(manifest) || !Files.isRegularFile(file)) {
      return false;
    }
    Properties found = new Properties();
    try (Reader reader = Files.newBufferedReader(manifest)) {
      found.load(reader);
    }
    return found.equals(manifest(workload, Files.size(file)));
  }

  private static Properties manifest(Workload workload, long bytes) {
    Properties manifest = new Properties();
    manifest.setProperty("version", Integer.toString(VERSION));
    manifest.setProperty("rows", Long.toString(workload.rows()));
    manifest.setProperty("keys", Integer.toString(workload.keys()));
    manifest.setProperty("hotShare", Double.toString(workload.hotShare()));
    manifest.setProperty("seed", Long.toString(workload.seed()));
    manifest.setProperty("bytes", Long.toString(bytes));
    return manifest;
  }

  /**
   * The payments: one in each step of time, somewhere within it; cards by the inverse of Zipf's
   * distribution of exponent 1; amounts evenly spread over their logarithm. Neither side reads the
   * merchant.
   */
  private static String sql(Workload workload) {
    String rank =
        "least("
            + workload.keys()
            + ", floor(exp("
            + drawn(1, workload)
            + " * ln("
            + workload.keys()
            + " + 1.0)))::INTEGER)";
    return """
        SELECT 'card_' || lpad(CASE WHEN %s < %s THEN 0 ELSE %s END::VARCHAR, 6, '0') AS key,
          make_timestamp(%d + i * %d + (%s * %d)::BIGINT %% %d) AS at,
          round(exp(%s * ln(%s)) * 100) / 100 AS amount,
          (%s * 1000)::SMALLINT AS merchant
        FROM range(%d) numbers(i)"""
        .formatted(
            drawn(2, workload),
            workload.hotShare(),
            rank,
            START_MICROS,
            STEP_MICROS,
            drawn(3, workload),
            STEP_MICROS,
            STEP_MICROS,
            drawn(4, workload),
            MOST_AMOUNT,
            drawn(5, workload),
            workload.rows());
  }

  /** A double in [0, 1) of row {@code i}: 53 bits of a hash. */
  private static String drawn(int column, Workload workload) {
    return "((hash(i, "
        + column
        + ", "
        + workload.seed()
        + ") >> 11)::DOUBLE / 9007199254740992.0)";
  }
}
