package dev.lockstep.cli.command;

import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.run.TrainRun;
import dev.lockstep.cli.view.ProgressLine;
import dev.lockstep.training.train.TrainedModel;
import dev.lockstep.training.train.TrainingProgress;
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

  @Option(
      names = "--request-only",
      description = "Use the request's own fields alone: what a team without features has.")
  boolean requestOnly;

  @Override
  public Integer call() throws Exception {
    Definition definition = options.definition();
    definition.labelledPlan();
    Workspace workspace = options.workspace(definition.project());
    TrainRun run = new TrainRun(definition, from != null ? from : workspace.training());
    Path output = out != null ? out : workspace.model();
    try (ProgressLine progress = new ProgressLine("train", -1)) {
      TrainingProgress shown =
          (round, rounds, auc) -> {
            progress.outOf(rounds);
            progress.reached(round);
            progress.say(String.format(Locale.ROOT, "AUC %.4f", auc));
          };
      TrainedModel model = requestOnly ? run.trainRequestOnly(shown) : run.train(shown);
      run.write(model, output, replace);
      progress.close();
      System.out.println(model.report().summary());
      System.out.println(output.toAbsolutePath());
    }
    return 0;
  }
}
