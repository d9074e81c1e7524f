package dev.lockstep.cli.command;

import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.run.TrainRun;
import dev.lockstep.cli.view.TrainingBars;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.training.train.ModelFolder;
import dev.lockstep.training.train.PreviousModel;
import dev.lockstep.training.train.TrainedModel;
import dev.lockstep.training.train.TrainingOptions;
import dev.lockstep.wire.ModelManifest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link TrainCommand} does. */
final class TrainSteps {
  private final TrainCommand command;

  TrainSteps(TrainCommand command) {
    this.command = command;
  }

  void run() throws Exception {
    Definition definition = command.options.definition();
    FeaturePlan plan = definition.labelledPlan();
    List<String> features =
        command.requestOnly ? TrainRun.requestFeatures(plan) : TrainRun.features(plan);
    TrainingOptions trees = TrainingChoices.of(command.boosting, features);
    Workspace workspace =
        command.dry.asked
            ? command.options.untouched(definition.project())
            : command.options.workspace(definition.project());
    Path output = command.out != null ? command.out : workspace.model();
    ModelFolder.refuseWhatIsInTheWay(output, command.replace);
    PreviousModel before = TrainingChoices.before(command.previous, output);
    Path set = command.from != null ? command.from : workspace.training();
    if (command.dry.asked) {
      DryRun dry = new DryRun("train", plan);
      TrainRun.check(definition, set, read(trees, features, before), dry::checked);
      dry.checked("%s is free, or --replace replaces the model in it", output.toAbsolutePath());
      dry.would("train on %d features", trees.chosen(features).size());
      if (before != null) {
        dry.would("compare with %s", before.manifest().name());
      }
      dry.would("write %s", output.toAbsolutePath());
      dry.tell(command.output);
      return;
    }
    PrintWriter shown = command.output.text();
    try (TrainingBars bars = new TrainingBars("")) {
      TrainRun run = new TrainRun(definition, set, trees, read(trees, features, before), bars);
      TrainedModel model = run.train(features, bars);
      if (before != null) {
        bars.begin("comparing");
        model = run.compared(model, before);
      }
      bars.close();
      ModelManifest manifest = run.write(model, output, command.replace);
      shown.println(model.evaluation().summary());
      List<String> text = TrainRun.textFeatures(plan);
      if (!text.isEmpty()) {
        shown.println("left out, being text: " + String.join(", ", text));
      }
      shown.println(output.toAbsolutePath());
      command.output.result(TrainRun.result(output, manifest, model, text));
    }
  }

  /** What the model reads, and what the one before does, that it is compared with. */
  private static Set<String> read(
      TrainingOptions trees, List<String> features, @Nullable PreviousModel before) {
    Set<String> read = new LinkedHashSet<>(trees.chosen(features));
    if (before != null) {
      read.addAll(before.manifest().featureNames());
    }
    return read;
  }
}
