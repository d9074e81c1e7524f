package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.result.RunnersResult;
import dev.lockstep.cli.run.RunnerRace;
import dev.lockstep.project.History;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one backfill on every runner and compares the rows. */
@Command(
    name = "runners",
    description = {
      "Run the same backfill on Beam's Direct runner, embedded Flink with 1 and 2 tasks, and a",
      "Flink cluster of separate processes that it starts, and compare all rows bit by bit.",
      "Exit code 0 if they are identical, 1 if not."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  lockstep runners flights"})
public final class RunnersCommand implements Callable<Integer> {
  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(names = "--all", description = "Leave out nothing, as in backfill.")
  boolean all;

  @Override
  public Integer call() throws Exception {
    Definition definition = options.definition();
    definition.labelledPlan();
    Workspace workspace = options.workspace(definition.project());
    History history = definition.history(workspace.history());
    try (Cleanup cleanup = new Cleanup()) {
      TemporaryFolder folder = cleanup.add(TemporaryFolder.in(workspace.runs(), "runners-"));
      PrintWriter out = output.text();
      out.printf("%-28s %8s %10s  %-32s  %s%n", "runner", "seconds", "rows", "digest", "identical");
      List<RunnerRace.Result> results =
          new RunnerRace(definition, history, folder.path(), workspace.logs())
              .run(all ? null : history.trainUntil(), printer(out), cleanup);
      List<String> differences =
          results.stream().flatMap(r -> r.comparison().differences().stream()).toList();
      differences.forEach(out::println);
      output.result(
          new RunnersResult(
              differences.isEmpty(), results.stream().map(RunnerRace::told).toList(), differences));
      return differences.isEmpty() ? 0 : 1;
    }
  }

  private static Consumer<RunnerRace.Result> printer(PrintWriter out) {
    return result -> {
      RunnersResult.Run run = RunnerRace.told(result);
      out.printf(
          Locale.ROOT,
          "%-28s %8.1f %10d  %-32s  %s%n",
          run.runner(),
          run.seconds(),
          run.rows(),
          run.digest(),
          run.identical() ? "yes" : "NO");
      out.flush();
    };
  }
}
