package dev.lockstep.benchmarks.batch;

import java.nio.file.Path;
import java.util.Set;

/**
 * What is measured.
 *
 * @param workload the payments
 * @param windows 3 or 10
 * @param extras what is measured beside ours
 * @param repeat how often each; a time is the median
 * @param parallelism threads of DuckDB, parallel tasks of ours
 * @param heap the most Java heap of a measured process, as {@code -Xmx} wants it
 * @param data where generated data is kept
 */
public record BatchSettings(
    Workload workload,
    int windows,
    Set<Extra> extras,
    int repeat,
    int parallelism,
    String heap,
    Path data) {

  /** What may be measured beside ours. */
  public enum Extra {
    /** The same by DuckDB, and whether results agree. */
    DUCKDB,
    /** The same pipeline with a kernel that only copies. */
    FLOOR,
    /** Ours over a quarter of the rows. */
    SCALE
  }

  /** Checks the numbers. */
  public BatchSettings {
    extras = Set.copyOf(extras);
    if (windows != 3 && windows != 10) {
      throw new IllegalArgumentException(windows + " windows: give 3 or 10");
    }
    if (repeat < 1 || parallelism < 1) {
      throw new IllegalArgumentException("give a repeat and a parallelism of at least 1");
    }
    if (!heap.matches("[1-9][0-9]*[mg]")) {
      throw new IllegalArgumentException("heap " + heap + ": give it as 2g or 1500m");
    }
  }

  boolean has(Extra extra) {
    return extras.contains(extra);
  }

  Features features() {
    return Features.overWindows(windows);
  }
}
