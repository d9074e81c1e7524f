package dev.lockstep.cli.run;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.result.TrainResult;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.training.LoadProgress;
import dev.lockstep.training.RequestFeatures;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.TrainingSet;
import dev.lockstep.training.compare.SameRows;
import dev.lockstep.training.evaluate.Comparison;
import dev.lockstep.training.evaluate.Evaluation;
import dev.lockstep.training.train.EvaluationReport;
import dev.lockstep.training.train.LabelWait;
import dev.lockstep.training.train.ModelFolder;
import dev.lockstep.training.train.PreviousModel;
import dev.lockstep.training.train.TrainedModel;
import dev.lockstep.training.train.Trainer;
import dev.lockstep.training.train.TrainingOptions;
import dev.lockstep.training.train.TrainingProgress;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Models trained on a project's training set. */
public final class TrainRun {
  private static final long MB = 1_000_000;
  private final Definition definition;
  private final FeaturePlan plan;
  private final TrainingRows rows;
  private final TrainingOptions options;
  private final String digest;
  private final LabelWait wait;

  /**
   * Reads the training set, to train with the default options.
   *
   * @throws CommandException if there is none in the folder
   */
  public TrainRun(Definition definition, Path trainingSet) {
    this(definition, trainingSet, TrainingOptions.defaults(), (read, rows) -> {});
  }

  /**
   * Reads the training set.
   *
   * @param loading hears how many rows have been read
   * @throws CommandException if there is none in the folder
   */
  public TrainRun(
      Definition definition, Path trainingSet, TrainingOptions options, LoadProgress loading) {
    this(definition, trainingSet, options, features(definition.labelledPlan()), loading);
  }

  /**
   * Reads some features of the training set: the fewer, the less memory they take.
   *
   * @param read the features that models will be asked about; others have no values in the rows
   * @param loading hears how many rows have been read
   * @throws CommandException if there is none in the folder
   */
  public TrainRun(
      Definition definition,
      Path trainingSet,
      TrainingOptions options,
      Collection<String> read,
      LoadProgress loading) {
    requireThere(definition, trainingSet);
    this.definition = definition;
    this.plan = definition.labelledPlan();
    this.options = options;
    TrainingSet set = TrainingSet.load(trainingSet, plan, read, loading);
    this.digest = SameRows.digest(trainingSet); // after what doesn't fit was refused
    this.rows = set.rows();
    this.wait = LabelWait.of(plan, set.manifest());
  }

  private static void requireThere(Definition definition, Path trainingSet) {
    if (!Files.isDirectory(trainingSet)) {
      throw new CommandException(
          FailureKind.DATA,
          "there is no training set in " + trainingSet,
          "make one first: ./lockstep backfill " + definition.project().name());
    }
  }

  /** Hears of what is as it should be, by a format and its arguments. */
  public interface Checked {
    void that(String format, Object... arguments);
  }

  /**
   * Checks all that can be checked of a training set before a row is read.
   *
   * @throws CommandException if there is none in the folder
   */
  public static void check(
      Definition definition, Path trainingSet, Collection<String> read, Checked checked) {
    requireThere(definition, trainingSet);
    TrainingSet.Need need = TrainingSet.check(trainingSet, definition.labelledPlan(), read);
    checked.that(
        "the training set in %s: %d rows of this definition and label",
        trainingSet, need.manifest().rows());
    checked.that(
        "the memory: about %d MB of Java's heap and %d MB beside it, which this process may use",
        need.heapBytes() / MB, need.besideBytes() / MB);
  }

  /** The features that a model can read: all but text. */
  public static List<String> features(FeaturePlan plan) {
    return names(plan, false);
  }

  /** The features that a model can't read, being text. */
  public static List<String> textFeatures(FeaturePlan plan) {
    return names(plan, true);
  }

  private static List<String> names(FeaturePlan plan, boolean text) {
    return plan.features().stream()
        .filter(f -> (f.type() == ValueType.STRING) == text)
        .map(FeatureColumn::name)
        .toList();
  }

  /**
   * The features that are the request's own fields.
   *
   * @throws CommandException if there are none
   */
  public static List<String> requestFeatures(FeaturePlan plan) {
    List<String> names = RequestFeatures.of(plan);
    if (names.isEmpty()) {
      throw new CommandException(
          FailureKind.DEFINITION,
          plan.name() + " has no request fields to compare with",
          "add some with .request(...) to the feature set");
    }
    return names;
  }

  /** The number of rows read. */
  public int size() {
    return rows.size();
  }

  /** The rows read. */
  public TrainingRows rows() {
    return rows;
  }

  /** A model of all features that aren't text. */
  public TrainedModel train(TrainingProgress progress) {
    return train(features(plan), progress);
  }

  /**
   * A model of the request's own fields alone: what a team without a feature platform has. What the
   * options say of single features is left aside: they may be of others.
   */
  public TrainedModel trainRequestOnly(TrainingProgress progress) {
    return train(options.withoutFeatures(), requestFeatures(plan), progress);
  }

  /** A model of those of some features that the options leave. */
  public TrainedModel train(List<String> features, TrainingProgress progress) {
    return train(options, features, progress);
  }

  private TrainedModel train(
      TrainingOptions how, List<String> features, TrainingProgress progress) {
    return new Trainer()
        .withOptions(how)
        .withProgress(progress)
        .withLabelWait(wait)
        .train(rows, features)
        .ofTrainingSet(digest);
  }

  /** The model with its evaluation beside a previous one's, on the same rows. */
  public TrainedModel compared(TrainedModel model, PreviousModel previous) {
    return model.comparedWith(previous.compare(model, plan, rows));
  }

  /**
   * What to tell of a model that was written.
   *
   * @param leftOut features that it doesn't read, being text
   */
  public static TrainResult result(
      Path folder, ModelManifest manifest, TrainedModel model, List<String> leftOut) {
    Comparison compared = model.evaluation().comparison();
    return new TrainResult(
        folder.toAbsolutePath().toString(),
        manifest.name(),
        manifest.version(),
        manifest.fingerprint(),
        model.featureNames(),
        leftOut,
        model.report().rows(),
        model.report().trainedUntil(),
        model.report().testFrom(),
        model.report().bestRound(),
        quality(model.evaluation().test().quality()),
        compared == null
            ? null
            : new TrainResult.Beside(
                compared.other(),
                compared.figures() == null ? null : quality(compared.figures().others()),
                compared.notes()),
        folder.resolve(EvaluationReport.JSON_FILE).toAbsolutePath().toString());
  }

  private static TrainResult.Quality quality(Evaluation evaluation) {
    return new TrainResult.Quality(
        evaluation.rows(),
        evaluation.positives(),
        evaluation.auc(),
        evaluation.logLoss(),
        evaluation.threshold(),
        evaluation.precision(),
        evaluation.recall());
  }

  /** Writes a model into its folder, in place of what is there if {@code replace}. */
  public ModelManifest write(TrainedModel model, Path folder, boolean replace) throws IOException {
    Files.createDirectories(folder.toAbsolutePath().getParent());
    return ModelFolder.write(folder, definition.project().name(), plan, model, replace);
  }
}
