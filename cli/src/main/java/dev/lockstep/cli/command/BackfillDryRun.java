package dev.lockstep.cli.command;

import dev.lockstep.beam.batch.Backfill;
import dev.lockstep.beam.batch.BackfillOptions;
import dev.lockstep.beam.batch.DailyBackfill;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.run.BackfillRun;
import dev.lockstep.cli.run.ClusterJob;
import dev.lockstep.define.Label;
import dev.lockstep.project.History;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code backfill --dry-run} does. */
final class BackfillDryRun {
  private final BackfillCommand command;
  private final Definition definition;
  private final DryRun dry;

  BackfillDryRun(BackfillCommand command, Definition definition) {
    this.command = command;
    this.definition = definition;
    this.dry = new DryRun("backfill", definition.labelledPlan());
  }

  /**
   * Looks at all, and tells.
   *
   * @param options of a backfill that ends at an instant
   */
  void run(Function<@Nullable Instant, BackfillOptions> options) throws Exception {
    Workspace workspace = command.options.untouched(definition.project());
    Path output = command.out != null ? command.out : workspace.training();
    Label<?> label = command.noLabel ? null : definition.project().label();
    try (Cleanup cleanup = new Cleanup()) {
      History history = DryRun.history(definition, workspace, cleanup);
      Instant end = command.range.end(history);
      BackfillRun run = new BackfillRun(definition, history, workspace.runs(), command.parallelism);
      if (command.days.byDay) {
        byDay(run.dailyOnly(output, label, options.apply(null)), history, end);
      } else {
        looked(run.atOnceOnly(output, label, options.apply(end)).check());
        checked(output);
        dry.would(
            "compute %s and write %s",
            end == null ? "all requests" : "the requests known before " + end,
            output.toAbsolutePath());
        if (!command.noReport) {
          dry.would("make the page about it");
        }
      }
      cluster(workspace);
      dry.unknown("which rows are late, copies or unusable");
    }
    dry.tell(command.output);
  }

  private void byDay(DailyBackfill daily, History history, @Nullable Instant end) {
    LocalDate first = command.days.first(command.range.from);
    LocalDate last = command.days.last(history, end);
    DailyBackfill.Pending pending = daily.check(first, last, command.replace);
    if (pending.looked() != null) {
      looked(pending.looked());
    }
    List<LocalDate> days = pending.days();
    dry.checked("the days from %s to %s in %s", first, last, daily.root().toAbsolutePath());
    dry.would(
        days.isEmpty() ? "do nothing: all days are there" : "compute %d days: %s",
        days.size(),
        days);
  }

  private void looked(Backfill.Looked looked) {
    dry.checked(
        "%d files of history with %d rows are there, as the definition reads them",
        looked.files(), looked.rows());
    looked.remarks().forEach(remark -> dry.checked("history: %s", remark));
  }

  private void checked(Path output) {
    dry.checked(
        Files.exists(output) ? "%s holds a training set, which --replace replaces" : "%s is free",
        output.toAbsolutePath());
  }

  private void cluster(Workspace workspace) throws InterruptedException {
    String master = command.cluster.master;
    if (!command.cluster.isGiven() || master == null) {
      dry.would("run in this process, with %d tasks", command.parallelism);
      return;
    }
    new ClusterJob(master, command.cluster.stage, command.parallelism, workspace.runs(), "dry-run")
        .check();
    dry.checked("the Flink cluster at %s takes %d tasks", master, command.parallelism);
    dry.unknown("whether its machines see the history and may write the output");
  }
}
