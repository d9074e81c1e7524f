package dev.lockstep.training.train;

import dev.lockstep.time.Micros;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.evaluate.Calibration;
import dev.lockstep.training.evaluate.Evaluation;
import dev.lockstep.value.ValueType;
import java.util.Arrays;
import java.util.List;

/**
 * Learns to predict a label of 0 or 1 by gradient-boosted trees (XGBoost, histogram method).
 *
 * <p>Trees are grown from the earlier part of the time range; of all rounds, the one with the
 * greatest ROC AUC on the later part is kept. The same rows, options and number of threads give the
 * same bytes. Immutable.
 */
public final class Trainer {
  private static final int CALIBRATION_BINS = 10;

  private final TrainingOptions options;
  private final TrainingProgress progress;

  /** A trainer with the default options, that tells nobody of its progress. */
  public Trainer() {
    this(TrainingOptions.defaults(), (round, rounds, auc) -> {});
  }

  private Trainer(TrainingOptions options, TrainingProgress progress) {
    this.options = options;
    this.progress = progress;
  }

  public Trainer withOptions(TrainingOptions newOptions) {
    return new Trainer(newOptions, progress);
  }

  public Trainer withProgress(TrainingProgress newProgress) {
    return new Trainer(options, newProgress);
  }

  /**
   * A model of all features.
   *
   * @throws TrainingException as {@link #train(TrainingRows, List)}
   */
  public TrainedModel train(TrainingRows rows) {
    return train(rows, rows.featureNames());
  }

  /**
   * A model of some features.
   *
   * @param featureNames what the model reads, in its order
   * @throws TrainingException if a feature is text or isn't there, if there are no rows, none with
   *     a label, or only one label before or after the boundary
   */
  public TrainedModel train(TrainingRows rows, List<String> featureNames) {
    int[] features = rows.indexesOf(featureNames);
    TimeSplit split = TimeSplit.of(rows, options.validationShare());
    Boosting.Grown grown =
        new Boosting(options, progress).grow(rows, split, featureNames, features);
    float[] labels = Boosting.labels(rows, split.validation());
    float[] scores = Trees.predict(grown.trees(), rows, split.validation(), features);
    TrainingReport report =
        new TrainingReport(
            Micros.toInstant(split.firstMicros()),
            Micros.toInstant(split.lastMicros()),
            Micros.toInstant(split.boundaryMicros()),
            split.training().length,
            split.validation().length,
            split.unlabelled(),
            grown.rounds(),
            grown.bestRound(),
            Trees.gains(grown.trees(), featureNames),
            Evaluation.atBestThreshold(labels, scores),
            Calibration.of(labels, scores, CALIBRATION_BINS));
    List<ValueType> types = Arrays.stream(features).mapToObj(rows.featureTypes()::get).toList();
    return new TrainedModel(featureNames, types, grown.trees(), report);
  }
}
