package dev.lockstep.cli.command;

import dev.lockstep.beam.batch.BackfillListener;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.run.BackfillRun;
import dev.lockstep.cli.view.ProgressLine;
import dev.lockstep.define.History;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a training set from a project's history. */
@Command(
    name = "backfill",
    description = "Compute features and label of every request in the history, as known then.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep backfill flights",
      "  lockstep backfill flights --until 2001-01-15T00:00:00Z --out january --replace",
      "  lockstep backfill flights --flink-master jobmanager:8081 --parallelism 32 --data /shared"
    })
public final class BackfillCommand implements Callable<Integer> {
  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The training set's folder; default: under --data, where train finds it.")
  @Nullable Path out;

  @Option(names = "--replace", description = "Replace a training set that is there.")
  boolean replace;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description =
          "Leave out what became known from then on; default: the history's training end.")
  @Nullable Instant until;

  @Option(names = "--all", description = "Leave out nothing; not with --until.")
  boolean all;

  @Option(
      names = "--runner",
      paramLabel = "flink|direct",
      defaultValue = "flink",
      description = "What computes it, in this process; default ${DEFAULT-VALUE}.")
  String runner = "flink";

  @Mixin ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Parallel tasks; default ${DEFAULT-VALUE}.")
  int parallelism;

  private static BackfillListener shownBy(ProgressLine progress) {
    return s -> {
      progress.outOf(s.toRead() + s.toWrite());
      progress.reached(s.read() + s.written());
      progress.say(s.read() < s.toRead() ? "reading" : s.written() == 0 ? "computing" : "writing");
    };
  }

  @Override
  public Integer call() throws Exception {
    BackfillRun.Runner asked = Choices.runner(runner);
    if (cluster.isGiven() && asked == BackfillRun.Runner.DIRECT) {
      throw new CommandException(
          "--runner direct computes in this process, and a Flink cluster is given",
          "leave out one of --runner and --flink-master (or unset LOCKSTEP_FLINK_MASTER)");
    }
    Definition definition = options.definition();
    definition.labelledPlan();
    Workspace workspace = options.workspace(definition.project());
    Path output = out != null ? out : workspace.training();
    History history = definition.project().history(workspace.history());
    Instant end = all ? null : until != null ? until : history.trainUntil();
    try (Cleanup cleanup = new Cleanup()) {
      TemporaryFolder work = cleanup.add(TemporaryFolder.in(workspace.runs(), "backfill-"));
      try (ProgressLine progress = new ProgressLine("backfill", -1, "rows")) {
        BackfillRun run = new BackfillRun(definition, history, work.path(), parallelism);
        var summary =
            cluster.isGiven()
                ? cluster.run(run, output, end, replace, shownBy(progress), cleanup)
                : run.run(run.local(asked), output, end, replace, shownBy(progress));
        System.out.printf(
            Locale.ROOT,
            "%d rows in %.1f s; left out: %d late, %d duplicates, %d unusable%n%s%n",
            summary.rows(),
            summary.seconds(),
            summary.late(),
            summary.duplicates(),
            summary.deadLetters(),
            output.toAbsolutePath());
      }
    }
    return 0;
  }
}
