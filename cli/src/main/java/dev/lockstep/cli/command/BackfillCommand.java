package dev.lockstep.cli.command;

import dev.lockstep.beam.batch.BackfillListener;
import dev.lockstep.beam.batch.BackfillSummary;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.run.BackfillRun;
import dev.lockstep.cli.view.ProgressLine;
import dev.lockstep.define.History;
import dev.lockstep.define.Label;
import dev.lockstep.training.profile.page.TrainingReportPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
      "  lockstep backfill flights --spine questions.parquet --no-label --out answers",
      "  lockstep backfill flights --by-day --first 2001-01-08 --last 2001-01-14 --out days",
      "  lockstep backfill flights --as-of event-time --out leaking",
      "  lockstep backfill flights --flink-master jobmanager:8081 --parallelism 32 --data /shared"
    })
public final class BackfillCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The training set's folder; default: under --data, where train finds it.")
  @Nullable Path out;

  @Option(names = "--replace", description = "Replace a training set that is there.")
  boolean replace;

  @Mixin HistoryOptions range = new HistoryOptions();
  @Mixin DayOptions days = new DayOptions();

  @Option(names = "--no-label", description = "Features alone.")
  boolean noLabel;

  @Option(
      names = "--as-of",
      paramLabel = "known|event-time",
      defaultValue = "known",
      description = {
        "What counts: what was known (${DEFAULT-VALUE}), or, to compare, what had happened by",
        "then, known or not: models look better on it than they are."
      })
  String asOf = "known";

  @Option(names = "--no-report", description = "Don't make the page about the training set.")
  boolean noReport;

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
    Definition definition = Choices.asOf(asOf, options.definition());
    definition.labelledPlan();
    Workspace workspace = options.workspace(definition.project());
    Path output = out != null ? out : workspace.training();
    History history = definition.project().history(workspace.history());
    Instant end = range.end(history);
    try (Cleanup cleanup = new Cleanup()) {
      TemporaryFolder work = cleanup.add(TemporaryFolder.in(workspace.runs(), "backfill-"));
      BackfillRun run = new BackfillRun(definition, history, work.path(), parallelism);
      ClusterOptions.Work task =
          runners -> {
            if (days.byDay) {
              byDay(run, output, end, runners);
            } else {
              atOnce(run, output, end, runners);
            }
          };
      if (cluster.isGiven()) {
        cluster.run(run, cleanup, task);
      } else {
        task.run(() -> run.local(asked));
      }
    }
    return 0;
  }

  private void atOnce(
      BackfillRun run, Path output, @Nullable Instant end, Supplier<PipelineOptions> runners)
      throws IOException {
    Label<?> label = noLabel ? null : run.definition().project().label();
    BackfillSummary summary;
    try (ProgressLine progress = new ProgressLine("backfill", -1, "rows")) {
      summary =
          run.run(runners.get(), output, label, range.options(end, replace), shownBy(progress));
    }
    print(summary);
    warn(run.definition(), summary, label != null);
    if (!noReport) {
      TrainingReportPage.write(output, output.resolve(TrainingReportPage.FILE));
      println("report: " + output.resolve(TrainingReportPage.FILE).toAbsolutePath());
    }
    println(output.toAbsolutePath().toString());
  }

  private void byDay(
      BackfillRun run, Path output, @Nullable Instant end, Supplier<PipelineOptions> runners)
      throws IOException {
    run.daily(output, range.options(null, replace))
        .run(
            days.first(range.from),
            days.last(run.history(), end),
            replace,
            runners,
            (day, folder, summary) -> {
              if (summary == null) {
                println(day + ": there already");
              } else {
                println(
                    String.format(
                        Locale.ROOT,
                        "%s: %d rows in %.1f s",
                        day,
                        summary.rows(),
                        summary.seconds()));
              }
            });
    println(output.toAbsolutePath().toString());
  }

  private void print(BackfillSummary summary) {
    long immature = summary.manifest().total("immature");
    println(
        String.format(
            Locale.ROOT,
            "%d rows in %.1f s; left out: %d late, %d duplicates, %d unusable%s",
            summary.rows(),
            summary.seconds(),
            summary.late(),
            summary.duplicates(),
            summary.deadLetters(),
            immature == 0 ? "" : ", " + immature + " whose label may still come"));
  }

  private void warn(Definition definition, BackfillSummary summary, boolean labelled) {
    PrintWriter err = spec.commandLine().getErr();
    if (!summary.manifest().assumedOnTime().isEmpty()) {
      err.println(
          "assumed on time: the history of "
              + String.join(", ", summary.manifest().assumedOnTime())
              + " doesn't say when its events arrived");
    }
    if (summary.outsideHistory() != null) {
      err.println("warning: " + summary.outsideHistory());
    }
    if (labelled) {
      definition
          .labelledPlan()
          .warnings(new HashSet<>(summary.manifest().assumedOnTime()))
          .forEach(w -> err.println("warning: " + w));
    }
    err.flush();
  }

  private void println(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
