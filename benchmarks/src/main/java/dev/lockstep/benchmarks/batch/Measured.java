package dev.lockstep.benchmarks.batch;

import java.util.Comparator;
import java.util.List;

/**
 * What one run took.
 *
 * @param seconds from opening the engine to the published output; the JVM's start isn't in
 * @param processSeconds from the start of the process to its end
 * @param heapBytes the most of the Java heap that was in use, garbage included, seen every 20 ms
 * @param residentBytes the most memory that the process held; -1 where the system doesn't tell
 */
record Measured(double seconds, double processSeconds, long heapBytes, long residentBytes) {
  private static final String MARK = "MEASURED ";

  /** As a line of a child's output; the process's time is the parent's to measure. */
  String line() {
    return MARK + seconds + " " + heapBytes + " " + residentBytes;
  }

  /**
   * From a child's output.
   *
   * @throws IllegalStateException if it isn't there
   */
  static Measured of(List<String> output, double processSeconds) {
    for (String line : output) {
      if (line.startsWith(MARK)) {
        String[] parts = line.substring(MARK.length()).split(" ");
        return new Measured(
            Double.parseDouble(parts[0]),
            processSeconds,
            Long.parseLong(parts[1]),
            Long.parseLong(parts[2]));
      }
    }
    throw new IllegalStateException("a measured process ended without a result: " + output);
  }

  /** The median of the times, the greatest of the memory. */
  static Measured median(List<Measured> runs) {
    List<Measured> sorted =
        runs.stream().sorted(Comparator.comparingDouble(Measured::seconds)).toList();
    Measured low = sorted.get((sorted.size() - 1) / 2);
    Measured high = sorted.get(sorted.size() / 2);
    return new Measured(
        (low.seconds + high.seconds) / 2,
        (low.processSeconds + high.processSeconds) / 2,
        runs.stream().mapToLong(Measured::heapBytes).max().orElseThrow(),
        runs.stream().mapToLong(Measured::residentBytes).max().orElseThrow());
  }
}
