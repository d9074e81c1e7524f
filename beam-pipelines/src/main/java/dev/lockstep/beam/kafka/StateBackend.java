package dev.lockstep.beam.kafka;

/** Where Flink keeps the state of a running stream. */
public enum StateBackend {
  /** On the Java heap: the fastest, as long as all of it fits in there. */
  HEAP("hashmap"),

  /**
   * In RocksDB, on the disk of the work folder with a cache in memory: as large as the disk; a
   * checkpoint saves what is new since the one before.
   */
  ROCKSDB("rocksdb");

  private final String flinkName;

  StateBackend(String flinkName) {
    this.flinkName = flinkName;
  }

  /** What Flink calls it. */
  String flinkName() {
    return flinkName;
  }
}
