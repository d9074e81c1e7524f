package dev.lockstep.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model on a project's training set. */
@Command(
    name = "train",
    description = {
      "Train an XGBoost model on a training set, parted by time: trees are grown",
      "from the first part, the second chooses how many, the last judges them.",
      "Compares with the model before."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep train flights --replace",
      "  lockstep train flights --from january --out models/flights",
      "  lockstep train fraud --params trees.json --set class_weight=balanced",
      "  lockstep train fraud --set monotone=amount_over_card_avg=+1",
      "",
      "docs/training.md lists the options, and what the evaluation means."
    })
public final class TrainCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Mixin ResultOutput output = new ResultOutput();

  @Mixin DryRunOption dry = new DryRunOption();

  @Mixin ProjectOptions options = new ProjectOptions();
  @Mixin BoostingOptions boosting = new BoostingOptions();

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
      names = "--previous",
      paramLabel = "DIR",
      description = "A model to compare with; default: the one that is replaced.")
  @Nullable Path previous;

  @Option(
      names = "--request-only",
      description = "Use the request's own fields alone: what a team without features has.")
  boolean requestOnly;

  @Override
  public Integer call() throws Exception {
    // In a class of its own: picocli looks at this one in processes without training, too.
    new TrainSteps(this).run();
    return 0;
  }
}
