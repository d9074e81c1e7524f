package dev.lockstep.benchmarks.batch;

import java.util.Locale;

/**
 * The payments that both sides read.
 *
 * @param rows how many; the span grows with them, so that windows hold the same
 * @param keys how many cards; the r-th has a share of about 1/r
 * @param hotShare the part of the rows that is on one card beside; 0 for none
 * @param seed what all of it is drawn from
 */
public record Workload(long rows, int keys, double hotShare, long seed) {
  /** As many as the keys' text has digits for. */
  public static final int MOST_KEYS = 999_999;

  /** What a day and a half of a generator's disk holds. */
  public static final long MOST_ROWS = 1_000_000_000L;

  /** Checks the numbers, so that none of them reaches SQL unchecked. */
  public Workload {
    if (rows < 1 || rows > MOST_ROWS) {
      throw new IllegalArgumentException(rows + " rows: give 1 to " + MOST_ROWS);
    }
    if (keys < 1 || keys > MOST_KEYS) {
      throw new IllegalArgumentException(keys + " keys: give 1 to " + MOST_KEYS);
    }
    if (!(hotShare >= 0 && hotShare < 1)) {
      throw new IllegalArgumentException(hotShare + " of the rows on one key: give 0 to below 1");
    }
  }

  Workload withRows(long count) {
    return new Workload(count, keys, hotShare, seed);
  }

  Workload withHotShare(double share) {
    return new Workload(rows, keys, share, seed);
  }

  /** The name of its folder. */
  String folder() {
    return String.format(
        Locale.ROOT, "payments-%d-of-%d-hot-%s-seed-%d", rows, keys, hotShare, seed);
  }
}
