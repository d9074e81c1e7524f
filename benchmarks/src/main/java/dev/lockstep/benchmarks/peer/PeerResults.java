package dev.lockstep.benchmarks.peer;

import dev.lockstep.benchmarks.load.Views;
import dev.lockstep.value.Values;

/** Where a window's results stand in the answer. */
final class PeerResults {
  static final int PER_WINDOW = 5;

  private PeerResults() {}

  /** A row for the answers over all windows. */
  static Values empty() {
    return new Values(Views.common().resultTypes());
  }

  static void write(Values out, int column, long count, long sum, long least, long greatest) {
    out.setLong(column, count);
    out.setLong(column + 1, sum);
    out.setLong(column + 2, least);
    out.setLong(column + 3, greatest);
    out.setDouble(column + 4, (double) sum / count);
  }
}
