package dev.lockstep.beam.kafka;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream's job keeps its state, and where it takes it from.
 *
 * @param backend what holds it while the job runs
 * @param local a folder of this machine for Flink's configuration and, where Flink runs in this
 *     process, its temporary files; RocksDB's files are there, too
 * @param checkpoints the URI of the folder of checkpoints; every process of the job sees it
 * @param every how often the state is saved; zero for never
 * @param from the URI of the checkpoint or savepoint that the job goes on from; null to begin anew
 */
public record JobState(
    Backend backend, Path local, String checkpoints, Duration every, @Nullable String from) {

  /**
   * What holds a running job's state. A checkpoint is in the form of its backend; a savepoint in
   * Flink's canonical form goes on in either.
   */
  public enum Backend {
    /** The Java heap: fast, and no larger than that. */
    HEAP,
    /**
     * Files on the local disk with a bounded memory beside the heap; checkpoints are increments.
     */
    ROCKSDB
  }

  /** Megabytes beside the heap for each subtask's state in RocksDB, all of its steps together. */
  public static final int ROCKSDB_MEGABYTES = 256;

  /** Beginning anew in a folder of this machine, with its state on the heap. */
  public static JobState inFolder(Path folder, Duration every) {
    return new JobState(
        Backend.HEAP, folder, folder.resolve("checkpoints").toUri().toString(), every, null);
  }
}
