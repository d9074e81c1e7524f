package dev.lockstep.beam.batch;

/** Where a key is computed: a hash that every version of Java gives alike. */
final class Shards {
  /** Rows of a shard: their windows' rows stay in the processor's cache, and blocks stay full. */
  private static final long ROWS = 40_000;

  private static final int LEAST = 8;
  private static final int MOST = 1 << 12;

  private Shards() {}

  /** How many shards suit so many rows. */
  static int forRows(long rows) {
    return (int) Math.max(LEAST, Math.min(MOST, rows / ROWS));
  }

  /** The shard of a key of a space, among those of its level. */
  static int of(KeySpace space, String key, int shards) {
    return space.level() * shards + of(space.index(), key, shards);
  }

  /** The shard of a key of a branch (or of an id of a source, by the source's index). */
  static int of(int space, String key, int shards) {
    long h = (key.hashCode() + 31L * space) * 0x9E3779B97F4A7C15L;
    h ^= h >>> 32;
    h *= 0xD6E8FEB86659FD93L;
    h ^= h >>> 32;
    return (int) Long.remainderUnsigned(h, shards);
  }
}
