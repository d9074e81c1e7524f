package dev.lockstep.cli.command;

import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.run.TrainRun;
import dev.lockstep.cli.view.ProgressLine;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model on a project's training set. */
@Command(
    name = "train",
    description = "Train an XGBoost model on a training set; its last fifth of time validates.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  lockstep train flights --from january --out models/flights"})
public final class TrainCommand implements Callable<Integer> {
  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "The training set's folder; default: where backfill writes it.")
  @Nullable Path from;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The model's folder; default: under --data, where score finds it.")
  @Nullable Path out;

  @Option(names = "--replace", description = "Replace a model that is there.")
  boolean replace;

  @Override
  public Integer call() throws Exception {
    Definition definition = options.definition();
    definition.labelledPlan();
    Workspace workspace = options.workspace(definition.project());
    TrainRun run = new TrainRun(definition, from != null ? from : workspace.training());
    Path output = out != null ? out : workspace.model();
    try (ProgressLine progress = new ProgressLine("train", -1)) {
      var model =
          run.train(
              (round, rounds, auc) -> {
                progress.outOf(rounds);
                progress.reached(round);
                progress.say(String.format(Locale.ROOT, "AUC %.4f", auc));
              });
      run.write(model, output, replace);
      progress.close();
      System.out.println(model.report().summary());
      System.out.println(output.toAbsolutePath());
    }
    return 0;
  }
}
