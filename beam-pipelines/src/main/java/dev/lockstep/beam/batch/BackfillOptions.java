package dev.lockstep.beam.batch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a backfill is run. Immutable: every method returns other options.
 *
 * @param settings how the batch goes about it
 * @param shardsByRows whether the number of shards follows from the rows that are read
 * @param replace whether a training set already there is replaced
 * @param spine files whose rows ask, in place of the requests' events; none for these
 * @param keepsState whether a snapshot is written with the training set, for the next run to go on
 *     from
 * @param goesOnFrom the training set of the run before, with its snapshot; null to begin
 */
public record BackfillOptions(
    BatchSettings settings,
    boolean shardsByRows,
    boolean replace,
    List<Path> spine,
    boolean keepsState,
    @Nullable Path goesOnFrom) {

  public BackfillOptions {
    spine = List.copyOf(spine);
  }

  /** All rows, in as many shards as suit them, nothing replaced. */
  public static BackfillOptions all() {
    return new BackfillOptions(BatchSettings.ofShards(1), true, false, List.of(), false, null);
  }

  /** Leaves out rows that weren't available before an instant; null for none. */
  public BackfillOptions until(@Nullable Instant instant) {
    return with(settings.withUntil(instant));
  }

  /** Gives no vector to requests that were available before an instant; null for all. */
  public BackfillOptions from(@Nullable Instant instant) {
    return with(settings.withFrom(instant));
  }

  /** Spreads the keys over so many groups: more of them need less memory each. */
  public BackfillOptions shards(int count) {
    return new BackfillOptions(
        settings.withShards(count), false, replace, spine, keepsState, goesOnFrom);
  }

  /** Lets a shard hold so many bytes of its rows in memory; beyond, they go to disk. */
  public BackfillOptions shardBytes(long bytes) {
    return with(settings.withShardBytes(bytes));
  }

  /** Copies in place of computing: what moving the data costs, for benchmarks. */
  public BackfillOptions copying() {
    return with(settings.thatCopies());
  }

  public BackfillOptions replacing(boolean yes) {
    return new BackfillOptions(settings, shardsByRows, yes, spine, keepsState, goesOnFrom);
  }

  /**
   * Lets the rows of a spine ask (C15), in place of the requests' events: Parquet with the keys'
   * columns, the event time, what derived expressions read, and an id where there is one.
   *
   * @param files Parquet files, folders of them or patterns
   */
  public BackfillOptions askedBy(List<Path> files) {
    return new BackfillOptions(
        files.isEmpty() ? settings : settings.askedBySpine(),
        shardsByRows,
        replace,
        files,
        keepsState,
        goesOnFrom);
  }

  /**
   * Writes a snapshot at {@code until}, and goes on from the one of an earlier run: only files that
   * it doesn't hold are read (C12).
   *
   * @param before the training set of the run before; null to begin
   */
  public BackfillOptions keepingState(@Nullable Path before) {
    return new BackfillOptions(settings, shardsByRows, replace, spine, true, before);
  }

  private BackfillOptions with(BatchSettings changed) {
    return new BackfillOptions(changed, shardsByRows, replace, spine, keepsState, goesOnFrom);
  }
}
