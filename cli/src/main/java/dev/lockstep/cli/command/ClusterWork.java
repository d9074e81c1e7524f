package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.run.BackfillRun;
import dev.lockstep.cli.run.ClusterJob;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.PipelineOptions;

/** Work on the cluster of {@link ClusterOptions}. */
final class ClusterWork {
  private ClusterWork() {}

  /** What a command does with the options of a job. */
  interface Work {
    void run(Supplier<PipelineOptions> runner) throws IOException;
  }

  /**
   * Does something on the cluster and waits for its end.
   *
   * @param cleanup cancels it if this process is told to end
   */
  static void run(ClusterOptions cluster, BackfillRun run, Cleanup cleanup, Work work)
      throws IOException, InterruptedException {
    ClusterJob job =
        new ClusterJob(
            String.valueOf(cluster.master),
            cluster.stage,
            run.parallelism(),
            run.work().resolve("client"),
            "backfill-" + run.definition().set().name());
    cleanup.add(job);
    PipelineOptions options = job.options();
    try {
      work.run(() -> options);
    } catch (RuntimeException e) {
      throw job.explain(e);
    } finally {
      job.ended();
    }
  }
}
