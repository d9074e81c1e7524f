package dev.lockstep.cli.run;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.training.RequestFeatures;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.TrainingSet;
import dev.lockstep.training.train.ModelFolder;
import dev.lockstep.training.train.TrainedModel;
import dev.lockstep.training.train.Trainer;
import dev.lockstep.training.train.TrainingProgress;
import dev.lockstep.wire.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Models trained on a project's training set. */
public final class TrainRun {
  private final Definition definition;
  private final FeaturePlan plan;
  private final TrainingRows rows;

  /**
   * Reads the training set.
   *
   * @throws CommandException if there is none in the folder
   */
  public TrainRun(Definition definition, Path trainingSet) {
    if (!Files.isDirectory(trainingSet)) {
      throw new CommandException(
          "there is no training set in " + trainingSet,
          "make one first: ./lockstep backfill " + definition.project().name());
    }
    this.definition = definition;
    this.plan = definition.labelledPlan();
    this.rows = TrainingSet.load(trainingSet, plan).rows();
  }

  /** The number of rows read. */
  public int rows() {
    return rows.size();
  }

  /** A model of all features that aren't text. */
  public TrainedModel train(TrainingProgress progress) {
    return new Trainer().withProgress(progress).train(rows, rows.numericFeatureNames());
  }

  /** A model of the request's own fields alone: what a team without a feature platform has. */
  public TrainedModel trainRequestOnly(TrainingProgress progress) {
    List<String> names = RequestFeatures.of(plan);
    if (names.isEmpty()) {
      throw new CommandException(
          plan.name() + " has no request fields to compare with",
          "add some with .request(...) to the feature set");
    }
    return new Trainer().withProgress(progress).train(rows, names);
  }

  /** Writes a model into its folder, in place of what is there if {@code replace}. */
  public ModelManifest write(TrainedModel model, Path folder, boolean replace) throws IOException {
    Files.createDirectories(folder.toAbsolutePath().getParent());
    return ModelFolder.write(folder, definition.project().name(), plan, model, replace);
  }
}
