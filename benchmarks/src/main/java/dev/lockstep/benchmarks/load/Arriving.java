package dev.lockstep.benchmarks.load;

/**
 * How an entity's events arrive.
 *
 * @param meanGapMicros the mean of the times between them, which are distributed exponentially
 * @param lateShare the share of those that come late
 * @param latestMicros by how much at most: uniformly less
 */
public record Arriving(long meanGapMicros, double lateShare, long latestMicros) {
  public static final Arriving EACH_SECOND = new Arriving(1_000_000, 0, 0);
  public static final Arriving EACH_10_SECONDS = new Arriving(10_000_000, 0, 0);
  public static final Arriving SOMETIMES_LATE = new Arriving(1_000_000, 0.01, 5_000_000);
}
