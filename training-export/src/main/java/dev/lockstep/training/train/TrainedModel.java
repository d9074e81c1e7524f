package dev.lockstep.training.train;

import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.value.ValueType;
import java.util.List;

/** Boosted trees with the features they read and how well they do. Immutable. */
public final class TrainedModel {
  private final List<String> featureNames;
  private final List<ValueType> featureTypes;
  private final byte[] bytes;
  private final TrainingReport report;

  TrainedModel(
      List<String> featureNames,
      List<ValueType> featureTypes,
      byte[] bytes,
      TrainingReport report) {
    this.featureNames = List.copyOf(featureNames);
    this.featureTypes = List.copyOf(featureTypes);
    this.bytes = bytes;
    this.report = report;
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

  /** What it was trained on, and how well it does on the validation part. */
  public TrainingReport report() {
    return report;
  }

  /** The score from which a request counts as label 1: where F1 was greatest in validation. */
  public double threshold() {
    return report.validation().threshold();
  }

  /**
   * The score of each row, 0 to 1, in the rows' order; labels aren't read.
   *
   * @param rows of any order of features
   * @throws TrainingException if a feature of the model is missing in the rows, or is text there
   */
  public float[] predict(TrainingRows rows) {
    int[] all = new int[rows.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return Trees.predict(bytes, rows, all, rows.indexesOf(featureNames));
  }
}
