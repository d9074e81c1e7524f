package dev.lockstep.beam.kafka;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream's job keeps its state, and where it takes it from.
 *
 * @param backend what holds it while the job runs; a checkpoint is in its form, a savepoint in one
 *     that any reads
 * @param local a folder of this machine for Flink's configuration and, where Flink runs in this
 *     process, its temporary files; RocksDB's files are there, too
 * @param checkpoints the URI of the folder of checkpoints; every process of the job sees it
 * @param every how often the state is saved; zero for never
 * @param from the URI of the checkpoint or savepoint that the job goes on from; null to begin anew
 */
public record JobState(
    StateBackend backend, Path local, String checkpoints, Duration every, @Nullable String from) {

  /** Megabytes beside the heap for each subtask's state in RocksDB, all of its steps together. */
  public static final int ROCKSDB_MEGABYTES = 256;

  /** Of a job that begins anew in a folder of this machine, and saves nothing. */
  static JobState inFolder(StateBackend backend, Path folder) {
    return new JobState(
        backend, folder, folder.resolve("checkpoints").toUri().toString(), Duration.ZERO, null);
  }
}
