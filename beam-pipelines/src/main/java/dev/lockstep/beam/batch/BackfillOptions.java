package dev.lockstep.beam.batch;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a backfill is run. Immutable: every method returns other options.
 *
 * @param settings how the batch goes about it
 * @param replace whether a training set already there is replaced
 * @param keepsState whether a snapshot is written with the training set, for the next run to go on
 *     from
 * @param goesOnFrom the training set of the run before, with its snapshot; null to begin
 */
public record BackfillOptions(
    BatchSettings settings, boolean replace, boolean keepsState, @Nullable Path goesOnFrom) {
  private static final int SHARDS_PER_TASK = 32;
  private static final int MOST_SHARDS = 1024;

  /** All rows, shards for so many parallel tasks, nothing replaced. */
  public static BackfillOptions forParallelism(int parallelism) {
    int shards = Math.max(1, Math.min(MOST_SHARDS, SHARDS_PER_TASK * parallelism));
    return new BackfillOptions(BatchSettings.ofShards(shards), false, false, null);
  }

  /** Leaves out rows that weren't available before an instant; null for none. */
  public BackfillOptions until(@Nullable Instant instant) {
    BatchSettings s = settings;
    return with(new BatchSettings(instant, s.from(), s.shards(), s.shardBytes(), s.copying()));
  }

  /** Gives no vector to requests that were available before an instant; null for all. */
  public BackfillOptions from(@Nullable Instant instant) {
    BatchSettings s = settings;
    return with(new BatchSettings(s.until(), instant, s.shards(), s.shardBytes(), s.copying()));
  }

  /** Spreads the keys over so many groups: more of them need less memory each. */
  public BackfillOptions shards(int count) {
    BatchSettings s = settings;
    return with(new BatchSettings(s.until(), s.from(), count, s.shardBytes(), s.copying()));
  }

  /** Lets a shard hold so many bytes of its rows in memory; beyond, they go to disk. */
  public BackfillOptions shardBytes(long bytes) {
    BatchSettings s = settings;
    return with(new BatchSettings(s.until(), s.from(), s.shards(), bytes, s.copying()));
  }

  /** Copies in place of computing: what moving the data costs, for benchmarks. */
  public BackfillOptions copying() {
    BatchSettings s = settings;
    return with(new BatchSettings(s.until(), s.from(), s.shards(), s.shardBytes(), true));
  }

  public BackfillOptions replacing(boolean yes) {
    return new BackfillOptions(settings, yes, keepsState, goesOnFrom);
  }

  /**
   * Writes a snapshot at {@code until}, and goes on from the one of an earlier run: only files that
   * it doesn't hold are read (C12).
   *
   * @param before the training set of the run before; null to begin
   */
  public BackfillOptions keepingState(@Nullable Path before) {
    return new BackfillOptions(settings, replace, true, before);
  }

  private BackfillOptions with(BatchSettings changed) {
    return new BackfillOptions(changed, replace, keepsState, goesOnFrom);
  }
}
