package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.run.BackfillRun;
import dev.lockstep.cli.run.ClusterJob;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The Flink cluster that a batch runs on, if it is to. */
final class ClusterOptions {
  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:LOCKSTEP_FLINK_MASTER}",
      description =
          "Run on this Flink cluster, by its REST address; default LOCKSTEP_FLINK_MASTER, else in"
              + " this process."
              + " History and output must be on a file system that all its machines see.")
  @Nullable String master;

  @Option(
      names = "--stage",
      paramLabel = "auto|class-path|none|JAR,...",
      defaultValue = ClusterJob.AUTO,
      description =
          "What the job brings to the cluster: all classes of this command, none, or jars;"
              + " ${DEFAULT-VALUE} brings all, but to a cluster of `lockstep flink`.")
  String stage = ClusterJob.AUTO;

  boolean isGiven() {
    return master != null && !master.isBlank();
  }

  /** What a command does with the options of a job. */
  interface Work {
    void run(Supplier<PipelineOptions> runner) throws IOException;
  }

  /**
   * Does something on the cluster and waits for its end.
   *
   * @param cleanup cancels it if this process is told to end
   */
  void run(BackfillRun run, Cleanup cleanup, Work work) throws IOException, InterruptedException {
    ClusterJob job =
        new ClusterJob(
            String.valueOf(master),
            stage,
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
