package dev.lockstep.beam.batch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a backfill is run.
 *
 * @param until rows that weren't available before this instant are left out; null for all
 * @param shards how many groups the keys are spread over; more of them need less memory each, and
 *     change no value
 * @param replace whether a training set already there is replaced
 */
public record BackfillOptions(@Nullable Instant until, int shards, boolean replace) {
  private static final int SHARDS_PER_TASK = 32;
  private static final int MOST_SHARDS = 1024;

  /** All rows, shards for so many parallel tasks, nothing replaced. */
  public static BackfillOptions forParallelism(int parallelism) {
    return new BackfillOptions(
        null, Math.max(1, Math.min(MOST_SHARDS, SHARDS_PER_TASK * parallelism)), false);
  }

  public BackfillOptions until(@Nullable Instant instant) {
    return new BackfillOptions(instant, shards, replace);
  }

  public BackfillOptions shards(int count) {
    return new BackfillOptions(until, count, replace);
  }

  public BackfillOptions replacing(boolean yes) {
    return new BackfillOptions(until, shards, yes);
  }
}
