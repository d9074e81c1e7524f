package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.run.BackfillRun;
import dev.lockstep.cli.run.LeakReport;
import dev.lockstep.cli.run.LeakRun;
import dev.lockstep.cli.run.TrainRun;
import dev.lockstep.cli.view.Steps;
import dev.lockstep.project.History;
import dev.lockstep.training.train.TrainingOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how much better a model looks with event-time joins than it is. */
@Command(
    name = "leak",
    description = {
      "Measure how much the labels leak through event-time joins: train on the",
      "request's fields alone, on what was known, and on what had happened; judge",
      "all on the same requests."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep leak flights --json leak.json",
      "",
      "docs/leak.md says what the figures mean."
    })
public final class LeakCommand implements Callable<Integer> {
  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();
  @Mixin BoostingOptions boosting = new BoostingOptions();

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "Leave out what became known from then on; default: nothing.")
  @Nullable Instant until;

  @Option(names = "--fresh", description = "Compute the training sets again if they are there.")
  boolean fresh;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON, too.")
  @Nullable Path json;

  @Option(
      names = "--runner",
      paramLabel = "flink|direct",
      defaultValue = "flink",
      description = "What computes the training sets; default ${DEFAULT-VALUE}.")
  String runner = "flink";

  @Option(
      names = "--parallelism",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "2",
      description = "Parallel tasks; default ${DEFAULT-VALUE}.")
  int parallelism;

  @Override
  public Integer call() throws Exception {
    BackfillRun.Runner asked = Choices.runner(runner);
    JsonFile.checkWritable(json);
    Definition definition = options.definition();
    TrainingOptions trees =
        TrainingChoices.of(boosting, TrainRun.features(definition.labelledPlan()));
    Workspace workspace = options.workspace(definition.project());
    History history = definition.history(workspace.history());
    try (Cleanup cleanup = new Cleanup()) {
      TemporaryFolder work = cleanup.add(TemporaryFolder.in(workspace.runs(), "leak-"));
      BackfillRun backfill = new BackfillRun(definition, history, work.path(), parallelism);
      LeakReport report =
          new LeakRun(
                  new LeakRun.Sets(backfill, asked, horizon(definition, history), fresh),
                  trees,
                  workspace.leak(),
                  new Steps(System.err))
              .run();
      output.text().println(report.text());
      output.result(report.result());
      if (json != null) {
        report.write(json);
      }
    }
    return 0;
  }

  /**
   * Until when both sets go. Where a label has an end, one horizon for both: as of event time
   * outcomes are known earlier, so that each by itself would leave out other young requests (L5).
   */
  private @Nullable Instant horizon(Definition definition, History history) {
    boolean ends =
        definition.labelledPlan().label().filter(l -> l.maturityMicros().isPresent()).isPresent();
    return until == null && ends ? history.replayUntil() : until;
  }
}
