package dev.lockstep.cli.command;

import dev.lockstep.beam.parity.ParityReport;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.run.BackfillRun;
import dev.lockstep.cli.run.ParityRun;
import dev.lockstep.cli.run.ParityText;
import dev.lockstep.cli.view.ProgressLine;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.project.History;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What {@link ParityCommand} does. */
final class ParitySteps {
  private final ParityCommand command;

  ParitySteps(ParityCommand command) {
    this.command = command;
  }

  int run() throws IOException {
    BackfillRun.Runner runner = Choices.runner(command.runner);
    Definition definition = command.options.definition();
    definition.plan().requireAsKnown("a stream");
    String kafka = command.kafka.require("look at");
    Workspace workspace = command.options.workspace(definition.project());
    ParityRun run = new ParityRun(definition, kafka, !command.replay);
    Map<String, List<Path>> tables = tables(definition, workspace);
    ParityRun.Looked looked =
        run.look(
            command.wholeFrom,
            command.schemas != null ? command.schemas : workspace.schemas(),
            tables,
            InstantSource.system());
    ParityReport report;
    try (Cleanup cleanup = new Cleanup()) {
      TemporaryFolder work = cleanup.add(TemporaryFolder.in(workspace.runs(), "parity-"));
      History none = new History(Map.of(), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
      BackfillRun batch = new BackfillRun(definition, none, work.path(), command.parallelism);
      try (ProgressLine progress =
          new ProgressLine("comparing with " + looked.records() + " records", -1, "")) {
        report = run.run(looked, batch.local(runner), work.path());
      }
    }
    ParityText text = new ParityText(definition.plan(), report, looked.notes());
    text.lines().forEach(command.output.text()::println);
    command.output.result(text.result());
    return report.identical() ? FailureKind.DONE : FailureKind.NO;
  }

  /** The tables' history, which a project may have to make first; nothing where it reads none. */
  private static Map<String, List<Path>> tables(Definition definition, Workspace workspace)
      throws IOException {
    return definition.plan().sources().stream().anyMatch(SourcePlan::table)
        ? definition.history(workspace.history()).files()
        : Map.of();
  }
}
