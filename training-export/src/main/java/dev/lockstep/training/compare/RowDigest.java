package dev.lockstep.training.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * Stands for all rows of a training set, whatever their order: for each of 4096 groups of ids, how
 * many rows it has and the sum of their 128-bit hashes. A row that is there twice counts twice.
 */
final class RowDigest {
  private static final int GROUPS = 1 << 12;

  private final long[] rows = new long[GROUPS];
  private final long[] high = new long[GROUPS];
  private final long[] low = new long[GROUPS];

  static RowDigest of(StoredRows stored) {
    RowDigest digest = new RowDigest();
    stored.hashes(
        (place, id, high, low) -> {
          int group = group(id);
          digest.rows[group]++;
          digest.high[group] += high;
          digest.low[group] += low;
        });
    return digest;
  }

  /** The group of an id, by its hash. */
  static int group(long idHash) {
    return (int) (idHash >>> (Long.SIZE - 12));
  }

  long rows() {
    long sum = 0;
    for (long count : rows) {
      sum += count;
    }
    return sum;
  }

  /** The groups whose rows differ. */
  List<Integer> differing(RowDigest other) {
    List<Integer> groups = new ArrayList<>();
    for (int g = 0; g < GROUPS; g++) {
      if (rows[g] != other.rows[g] || high[g] != other.high[g] || low[g] != other.low[g]) {
        groups.add(g);
      }
    }
    return groups;
  }

  /** 128 bits as 32 digits. */
  String text() {
    long allHigh = 0;
    long allLow = 0;
    for (int g = 0; g < GROUPS; g++) {
      allHigh += high[g];
      allLow += low[g];
    }
    return String.format("%016x%016x", allHigh, allLow);
  }
}
