package dev.lockstep.training.train;

import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.evaluate.Comparison;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.ScoreCalibration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Boosted trees with the features they read and how well they do. Immutable. */
public final class TrainedModel {
  private final List<String> featureNames;
  private final List<ValueType> featureTypes;
  private final byte[] bytes;
  private final @Nullable String trainingSet;
  private final EvaluationReport evaluation;

  TrainedModel(
      List<String> featureNames,
      List<ValueType> featureTypes,
      byte[] bytes,
      @Nullable String trainingSet,
      EvaluationReport evaluation) {
    this.featureNames = List.copyOf(featureNames);
    this.featureTypes = List.copyOf(featureTypes);
    this.bytes = bytes;
    this.trainingSet = trainingSet;
    this.evaluation = evaluation;
  }

  /** The same model, its evaluation with a comparison. */
  public TrainedModel comparedWith(Comparison comparison) {
    return new TrainedModel(
        featureNames, featureTypes, bytes, trainingSet, evaluation.comparedWith(comparison));
  }

  /** The same model, with the digest of the training set that it learnt from. */
  public TrainedModel ofTrainingSet(String digest) {
    return new TrainedModel(featureNames, featureTypes, bytes, digest, evaluation);
  }

  /** The digest of the training set; null where nobody said it. */
  public @Nullable String trainingSet() {
    return trainingSet;
  }

  /** What makes scores of the trees' margins; null if they are XGBoost's own. */
  public @Nullable ScoreCalibration calibration() {
    return report().calibration();
  }

  /** The model's inputs, in order. */
  public List<String> featureNames() {
    return featureNames;
  }

  /** The types of the inputs, in order. */
  public List<ValueType> featureTypes() {
    return featureTypes;
  }

  /** A copy of the trees in XGBoost's binary JSON (UBJ). */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** What it was trained on and how. */
  public TrainingReport report() {
    return evaluation.training();
  }

  /** How well it does on the test part, which had no say in it. */
  public EvaluationReport evaluation() {
    return evaluation;
  }

  /** The score from which a request counts as label 1: where F1 was greatest in validation. */
  public double threshold() {
    return report().validation().threshold();
  }

  /**
   * The score of each row, 0 to 1, in the rows' order; labels aren't read.
   *
   * @param rows of any order of features
   * @throws TrainingException if a feature of the model is missing in the rows, or is text there
   */
  public float[] predict(TrainingRows rows) {
    return predict(rows, IntStream.range(0, rows.size()).toArray());
  }

  /** The score of each of some rows, given by their indexes, in their order. */
  public float[] predict(TrainingRows rows, int[] selected) {
    return Trees.predict(bytes, calibration(), rows, selected, rows.indexesOf(featureNames));
  }
}
