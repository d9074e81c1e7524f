package dev.lockstep.training.train;

import dev.lockstep.time.Micros;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingException.Problem;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.evaluate.Evaluation;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.ScoreCalibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns to predict a label of 0 or 1 by gradient-boosted trees (XGBoost, histogram method).
 *
 * <p>Trees are grown from the first part of the time range; as many are kept as have the greatest
 * ROC AUC on the second; grown again from both, they are judged on the third, which chose nothing.
 * No row is in a part that had a say before its label could be known ({@link LabelWait}). Where
 * rows of label 1 count more or less than others, scores are calibrated on the second part. The
 * same rows, options and number of threads give the same bytes. Immutable.
 */
public final class Trainer {
  private final TrainingOptions options;
  private final TrainingProgress progress;
  private final LabelWait wait;

  /** A trainer with the default options, that tells nobody of its progress. */
  public Trainer() {
    this(TrainingOptions.defaults(), (round, rounds, auc) -> {}, LabelWait.NONE);
  }

  private Trainer(TrainingOptions options, TrainingProgress progress, LabelWait wait) {
    this.options = options;
    this.progress = progress;
    this.wait = wait;
  }

  public Trainer withOptions(TrainingOptions newOptions) {
    return new Trainer(newOptions, progress, wait);
  }

  public Trainer withProgress(TrainingProgress newProgress) {
    return new Trainer(options, newProgress, wait);
  }

  /** The same for labels that become known later; without this they are known at once. */
  public Trainer withLabelWait(LabelWait newWait) {
    return new Trainer(options, progress, newWait);
  }

  /**
   * A model of all features that the options leave.
   *
   * @throws TrainingException as {@link #train(TrainingRows, List)}
   */
  public TrainedModel train(TrainingRows rows) {
    return train(rows, rows.featureNames());
  }

  /**
   * A model of some features.
   *
   * @param featureNames what the model reads, in its order, where the options leave nothing out
   * @throws TrainingException if a feature is text or isn't there, if there are no rows, none with
   *     a label, only one label in a part of the time range, or if no feature has a value
   */
  public TrainedModel train(TrainingRows rows, List<String> featureNames) {
    rows.indexesOf(featureNames);
    FeatureChoice choice = choice(featureNames);
    TimeSplit split = TimeSplit.of(rows, options.validationShare(), options.testShare(), wait);
    List<String> alwaysNull = alwaysNull(rows, choice.names());
    Boosting boosting = new Boosting(options, choice, rows, progress);
    Boosting.Grown grown = boosting.grow(split.training(), split.validation());
    int[] features = rows.indexesOf(choice.names());
    ScoreCalibration calibration =
        boosting.positiveWeight(split.training()) == 1
            ? null
            : PlattFit.of(
                Trees.margins(grown.trees(), rows, split.validation(), features),
                rows.labels(split.validation()));
    Evaluation validation =
        Evaluation.atBestThreshold(
            rows.labels(split.validation()),
            Trees.predict(grown.trees(), calibration, rows, split.validation(), features));
    byte[] trees =
        options.isRefit() ? boosting.grow(split.beforeTest(), grown.bestRound()) : grown.trees();
    TrainingReport report =
        new TrainingReport(
            Micros.toInstant(split.firstMicros()),
            Micros.toInstant(split.lastMicros()),
            Micros.toInstant(lastTime(rows, split.beforeTest())),
            Micros.toInstant(split.validationMicros()),
            Micros.toInstant(split.testMicros()),
            split.training().length,
            split.validation().length,
            split.test().length,
            split.unlabelled(),
            leftOut(rows, split),
            alwaysNull,
            options.asMap(),
            options.threads(),
            grown.rounds(),
            grown.bestRound(),
            Trees.importances(trees, choice.names()),
            validation,
            calibration);
    progress.onEvaluation();
    TestPart test = TestPart.of(rows, split.test());
    float[] scores = test.scores(trees, calibration, features);
    List<ValueType> types = Arrays.stream(features).mapToObj(rows.featureTypes()::get).toList();
    return new TrainedModel(
        choice.names(),
        types,
        trees,
        null,
        new EvaluationReport(report, test.report(validation.threshold(), scores), null));
  }

  private LateLabels leftOut(TrainingRows rows, TimeSplit split) {
    return new LateLabels(
        wait,
        split.young(),
        split.purgedTraining(),
        split.purgedValidation(),
        options.isRefit()
            ? split.beforeTest().length
            : split.training().length + split.validation().length,
        wait.isEndless()
            ? null
            : Micros.toInstant(wait.knownByMicros(lastTime(rows, split.beforeTest()))));
  }

  private static long lastTime(TrainingRows rows, int[] selected) {
    return Arrays.stream(selected).mapToLong(rows::eventTimeMicros).max().orElseThrow();
  }

  private FeatureChoice choice(List<String> featureNames) {
    List<Problem> problems = new ArrayList<>();
    FeatureChoice choice = FeatureChoice.of(options, featureNames, problems);
    TrainingOptions.refuse(problems);
    return choice;
  }

  private static List<String> alwaysNull(TrainingRows rows, List<String> names) {
    List<String> empty =
        names.stream().filter(n -> rows.isAllNull(rows.featureNames().indexOf(n))).toList();
    if (empty.size() == names.size()) {
      throw new TrainingException(
          "all features to learn from are null in all " + rows.size() + " rows: " + names,
          "check that the history holds events of the entities that are asked for, before the"
              + " requests; or include other features");
    }
    return empty;
  }
}
