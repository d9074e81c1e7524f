package dev.lockstep.beam.batch;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a batch goes about a definition.
 *
 * @param until rows that weren't available before this instant are left out; null for all
 * @param from requests that were available before this instant get no vector: their events count
 *     all the same; null for all
 * @param shards how many groups the keys are spread over; changes no value
 * @param shardBytes how many bytes of its rows a shard holds in memory; beyond, they go to disk
 * @param spine whether the rows of a spine ask, in place of the requests' events
 * @param copying whether the kernel copies its input in place of computing: what moving the data
 *     costs, for benchmarks
 */
public record BatchSettings(
    @Nullable Instant until,
    @Nullable Instant from,
    int shards,
    long shardBytes,
    boolean spine,
    boolean copying)
    implements Serializable {
  /** What a shard holds where nothing is said: two of them fit into 1 GB of heap with the rest. */
  public static final long DEFAULT_SHARD_BYTES = 96L << 20;

  public BatchSettings {
    if (shards < 1) {
      throw new IllegalArgumentException("shards is " + shards + "; give 1 or more");
    }
    if (shardBytes < 1) {
      throw new IllegalArgumentException(
          "the memory of a shard is " + shardBytes + " bytes; give 1 MB or more");
    }
  }

  /** Everything, spread over so many shards. */
  public static BatchSettings ofShards(int shards) {
    return new BatchSettings(null, null, shards, DEFAULT_SHARD_BYTES, false, false);
  }

  BatchSettings withUntil(@Nullable Instant instant) {
    return new BatchSettings(instant, from, shards, shardBytes, spine, copying);
  }

  BatchSettings withFrom(@Nullable Instant instant) {
    return new BatchSettings(until, instant, shards, shardBytes, spine, copying);
  }

  BatchSettings withShards(int count) {
    return new BatchSettings(until, from, count, shardBytes, spine, copying);
  }

  BatchSettings withShardBytes(long bytes) {
    return new BatchSettings(until, from, shards, bytes, spine, copying);
  }

  BatchSettings askedBySpine() {
    return new BatchSettings(until, from, shards, shardBytes, true, copying);
  }

  BatchSettings thatCopies() {
    return new BatchSettings(until, from, shards, shardBytes, spine, true);
  }
}
