package dev.lockstep.cli.run;

import dev.lockstep.beam.batch.BackfillListener;
import dev.lockstep.beam.batch.BackfillSummary;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.FlinkSettings;
import dev.lockstep.cli.process.LocalFlinkCluster;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.result.RunnersResult;
import dev.lockstep.project.History;
import dev.lockstep.training.compare.SameRows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * The same backfill on every runner: Beam's Direct runner, embedded Flink with one and two tasks,
 * and a Flink cluster of separate processes; and whether the training sets are the same.
 *
 * @param folder for the training sets and what the runners leave
 * @param logs for the cluster's logs
 */
public record RunnerRace(Definition definition, History history, Path folder, Path logs) {
  private static final FlinkSettings CLUSTER = FlinkSettings.of(2, 1);

  /**
   * A backfill that was run.
   *
   * @param runner for people
   * @param comparison with the first; with itself for the first
   */
  public record Result(
      String runner, BackfillSummary summary, Path output, SameRows.Comparison comparison) {}

  /** What to tell of one. */
  public static RunnersResult.Run told(Result result) {
    return new RunnersResult.Run(
        result.runner(),
        result.summary().seconds(),
        result.summary().rows(),
        result.comparison().digest(),
        result.comparison().identical());
  }

  /** Makes the options of a runner. */
  private interface Options {
    PipelineOptions make(BackfillRun run) throws IOException, InterruptedException;
  }

  /**
   * Runs all, one after another.
   *
   * @param until rows known at or after this instant are left out; null for all
   * @param done hears of each
   * @param cleanup ends the cluster
   */
  public List<Result> run(@Nullable Instant until, Consumer<Result> done, Cleanup cleanup)
      throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    Turn turn = new Turn(until, done, results);
    turn.take("Direct runner", "direct", 2, r -> r.local(BackfillRun.Runner.DIRECT));
    turn.take("embedded Flink, 1 task", "flink-1", 1, r -> r.local(BackfillRun.Runner.FLINK));
    turn.take("embedded Flink, 2 tasks", "flink-2", 2, r -> r.local(BackfillRun.Runner.FLINK));
    try (LocalFlinkCluster cluster =
        LocalFlinkCluster.start(CLUSTER, folder.resolve("cluster"), logs, cleanup)) {
      turn.take(
          "Flink cluster, 3 processes",
          "flink-cluster",
          2,
          r -> {
            ClusterJob job =
                new ClusterJob(
                    cluster.master(), ClusterJob.AUTO, 2, r.work().resolve("client"), "runners");
            return job.options();
          });
    }
    return results;
  }

  private final class Turn {
    private final @Nullable Instant until;
    private final Consumer<Result> done;
    private final List<Result> results;

    Turn(@Nullable Instant until, Consumer<Result> done, List<Result> results) {
      this.until = until;
      this.done = done;
      this.results = results;
    }

    void take(String runner, String name, int parallelism, Options options)
        throws IOException, InterruptedException {
      Path output = folder.resolve(name);
      BackfillRun run =
          new BackfillRun(definition, history, folder.resolve("work-" + name), parallelism);
      BackfillSummary summary =
          run.run(options.make(run), output, until, true, BackfillListener.NONE);
      Path first = results.isEmpty() ? output : results.get(0).output();
      Result result = new Result(runner, summary, output, SameRows.of(List.of(output, first)));
      results.add(result);
      done.accept(result);
    }
  }
}
