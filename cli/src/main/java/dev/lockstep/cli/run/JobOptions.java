package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.StateBackend;
import dev.lockstep.beam.kafka.StreamJob;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a stream runs on Flink.
 *
 * @param master {@code [local]} for Flink in this process, else host:port of a cluster's REST
 *     interface
 * @param parallelism subtasks of each step
 * @param checkpointEvery how often the state is saved; zero for never
 * @param backend what holds the state; null for what held it before, else the heap
 * @param stage what a cluster is sent, as {@link ClusterJob} takes it
 * @param stopWithin how long a stop may take to save the state; null for a stop that saves none
 */
public record JobOptions(
    String master,
    int parallelism,
    Duration checkpointEvery,
    @Nullable StateBackend backend,
    String stage,
    @Nullable Duration stopWithin) {

  /** In this process, with what held the state before; a signal ends it as a kill does. */
  public static JobOptions local(int parallelism, Duration checkpointEvery) {
    return new JobOptions(
        StreamJob.LOCAL, parallelism, checkpointEvery, null, ClusterJob.AUTO, null);
  }

  /** Whether the job runs in this process. */
  public boolean isLocal() {
    return master.equals(StreamJob.LOCAL);
  }
}
