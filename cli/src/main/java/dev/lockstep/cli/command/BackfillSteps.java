package dev.lockstep.cli.command;

import dev.lockstep.beam.batch.BackfillListener;
import dev.lockstep.beam.batch.BackfillOptions;
import dev.lockstep.beam.batch.BackfillSummary;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.result.BackfillResult;
import dev.lockstep.cli.run.BackfillRun;
import dev.lockstep.cli.view.ProgressLine;
import dev.lockstep.define.Label;
import dev.lockstep.project.History;
import dev.lockstep.training.profile.Finding;
import dev.lockstep.training.profile.page.TrainingReportPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** What {@link BackfillCommand} does. */
final class BackfillSteps {
  private static final int FINDINGS_SHOWN = 3;
  private static final String UNKNOWN = "unknownEntities/";

  private final BackfillCommand command;

  BackfillSteps(BackfillCommand command) {
    this.command = command;
  }

  private static BackfillListener shownBy(ProgressLine progress) {
    return s -> {
      progress.outOf(s.toRead() + s.toWrite());
      progress.reached(s.read() + s.written());
      progress.say(s.read() < s.toRead() ? "reading" : s.written() == 0 ? "computing" : "writing");
    };
  }

  void run() throws Exception {
    BackfillRun.Runner asked = Choices.runner(command.runner);
    if (command.cluster.isGiven() && asked == BackfillRun.Runner.DIRECT) {
      throw new CommandException(
          "--runner direct computes in this process, and a Flink cluster is given",
          "leave out one of --runner and --flink-master (or unset LOCKSTEP_FLINK_MASTER)");
    }
    HistoryOptions.requireBefore("--from", command.range.from, "--until", command.range.until);
    Definition definition = Choices.asOf(command.asOf, command.options.definition());
    definition.labelledPlan();
    if (command.dry.asked) {
      new BackfillDryRun(command, definition).run(this::options);
      return;
    }
    Workspace workspace = command.options.workspace(definition.project());
    Path output = command.out != null ? command.out : workspace.training();
    History history = definition.history(workspace.history());
    Instant end = command.range.end(history);
    try (Cleanup cleanup = new Cleanup()) {
      TemporaryFolder work = cleanup.add(TemporaryFolder.in(workspace.runs(), "backfill-"));
      BackfillRun run = new BackfillRun(definition, history, work.path(), command.parallelism);
      ClusterWork.Work task =
          runners -> {
            if (command.days.byDay) {
              byDay(run, output, end, runners);
            } else {
              atOnce(run, output, end, runners);
            }
          };
      if (command.cluster.isGiven()) {
        ClusterWork.run(command.cluster, run, cleanup, task);
      } else {
        task.run(() -> run.local(asked));
      }
    }
  }

  private void atOnce(
      BackfillRun run, Path output, @Nullable Instant end, Supplier<PipelineOptions> runners)
      throws IOException {
    Label<?> label = command.noLabel ? null : run.definition().project().label();
    BackfillSummary summary;
    try (ProgressLine progress = new ProgressLine("backfill", -1, "rows")) {
      summary = run.run(runners.get(), output, label, options(end), shownBy(progress));
    }
    print(summary);
    List<String> warnings = warn(run.definition(), summary, label != null);
    List<Finding> findings = List.of();
    if (!command.noReport) {
      try (ProgressLine page = new ProgressLine("making the report", -1, "")) {
        findings = TrainingReportPage.write(output, output.resolve(TrainingReportPage.FILE));
      }
      PrintWriter out = command.output.text();
      out.print(ShownFindings.warnings(findings, FINDINGS_SHOWN));
      println("report: " + output.resolve(TrainingReportPage.FILE).toAbsolutePath());
    }
    println(output.toAbsolutePath().toString());
    command.output.result(
        new BackfillResult(
            output.toAbsolutePath().toString(),
            counts(summary),
            null,
            command.noReport
                ? null
                : output.resolve(TrainingReportPage.FILE).toAbsolutePath().toString(),
            ShownFindings.results(
                findings.stream().filter(ShownFindings.atLeast("warning")).toList()),
            warnings));
  }

  private void byDay(
      BackfillRun run, Path output, @Nullable Instant end, Supplier<PipelineOptions> runners)
      throws IOException {
    Label<?> label = command.noLabel ? null : run.definition().project().label();
    List<BackfillResult.Day> days = new ArrayList<>();
    AtomicReference<@Nullable BackfillSummary> last = new AtomicReference<>();
    LocalDate firstDay = command.days.first(command.range.from);
    LocalDate lastDay = command.days.last(run.history(), end);
    run.daily(output, label, options(null))
        .run(
            firstDay,
            lastDay,
            command.replace,
            runners,
            (day, folder, summary) -> {
              println(day + ": " + (summary == null ? "there already" : text(summary)));
              days.add(
                  new BackfillResult.Day(
                      day.toString(),
                      folder.toAbsolutePath().toString(),
                      summary == null ? null : counts(summary)));
              last.set(summary == null ? last.get() : summary);
            });
    BackfillSummary done = last.get();
    List<String> warnings = done == null ? List.of() : warn(run.definition(), done, label != null);
    println(output.toAbsolutePath().toString());
    command.output.result(
        new BackfillResult(
            output.toAbsolutePath().toString(), null, days, null, List.of(), warnings));
  }

  private static BackfillResult.Counts counts(BackfillSummary summary) {
    return new BackfillResult.Counts(
        summary.rows(),
        summary.seconds(),
        summary.late(),
        summary.duplicates(),
        summary.deadLetters(),
        summary.manifest().total("immature"));
  }

  private static String text(BackfillSummary summary) {
    long waiting = summary.manifest().total("immature");
    return String.format(
        Locale.ROOT,
        "%d rows in %.1f s%s",
        summary.rows(),
        summary.seconds(),
        waiting == 0 ? "" : "; " + waiting + " wait for their label");
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

  /** Says on standard error, and gives, what its reader should know of a training set. */
  private List<String> warn(Definition definition, BackfillSummary summary, boolean labelled) {
    List<String> warnings = new ArrayList<>();
    if (!summary.manifest().assumedOnTime().isEmpty()) {
      warnings.add(
          "assumed on time: the history of "
              + String.join(", ", summary.manifest().assumedOnTime())
              + " doesn't say when its events arrived");
    }
    summary.manifest().remarks().forEach(remark -> warnings.add("history: " + remark));
    summary.manifest().counts().entrySet().stream()
        .filter(c -> c.getKey().startsWith(UNKNOWN))
        .forEach(
            c ->
                warnings.add(
                    "unknown entities: "
                        + c.getValue()
                        + " of entity "
                        + c.getKey().substring(UNKNOWN.length())
                        + "; nothing was known of them whenever the spine asked"));
    if (summary.outsideHistory() != null) {
      warnings.add("warning: " + summary.outsideHistory());
    }
    if (labelled) {
      definition
          .labelledPlan()
          .warnings(new HashSet<>(summary.manifest().assumedOnTime()))
          .forEach(w -> warnings.add("warning: " + w));
    }
    PrintWriter err = command.spec.commandLine().getErr();
    warnings.forEach(err::println);
    err.flush();
    return warnings;
  }

  private void println(String line) {
    PrintWriter text = command.output.text();
    text.println(line);
    text.flush();
  }

  private BackfillOptions options(@Nullable Instant end) {
    HistoryOptions range = command.range;
    BackfillOptions options =
        BackfillOptions.all()
            .from(range.from)
            .until(end)
            .askedBy(range.spine)
            .replacing(command.replace);
    return range.shardMegabytes == null ? options : options.shardBytes(range.shardBytes());
  }
}
