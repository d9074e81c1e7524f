package dev.lockstep.training.train;

import dev.lockstep.training.TrainingRows;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.java.util.BigDenseMatrix;

/** The rounds: one tree each, until validation gets no better. */
final class Boosting {
  private static final String FORMAT = "ubj";

  private final TrainingOptions options;
  private final FeatureChoice choice;
  private final int[] features;
  private final TrainingRows rows;
  private final TrainingProgress progress;

  Boosting(
      TrainingOptions options, FeatureChoice choice, TrainingRows rows, TrainingProgress progress) {
    this.options = options;
    this.choice = choice;
    this.features = rows.indexesOf(choice.names());
    this.rows = rows;
    this.progress = progress;
  }

  /**
   * What the rounds gave.
   *
   * @param trees those of the best round and before, in XGBoost's binary JSON
   */
  record Grown(byte[] trees, int rounds, int bestRound) {}

  private interface Rounds<T> {
    T run(DMatrix training) throws XGBoostError;
  }

  /** Grows trees of the training rows, as many as do best on the validation rows. */
  Grown grow(int[] training, int[] validation) {
    return onMatrix(
        training,
        grownFrom -> {
          DMatrix validated = matrix(validation);
          try {
            return grow(grownFrom, validated, parameters(training));
          } finally {
            validated.dispose();
          }
        });
  }

  /** Grows so many trees of some rows. */
  byte[] grow(int[] training, int count) {
    return onMatrix(
        training,
        grownFrom -> {
          Booster booster = booster(grownFrom, parameters(training), Map.of());
          try {
            for (int round = 0; round < count; round++) {
              booster.update(grownFrom, round);
              progress.onRefitRound(round + 1, count);
            }
            return booster.toByteArray(FORMAT);
          } finally {
            booster.dispose();
          }
        });
  }

  private <T> T onMatrix(int[] training, Rounds<T> rounds) {
    try {
      DMatrix matrix = matrix(training);
      try {
        return rounds.run(matrix);
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException(
          "XGBoost failed on " + training.length + " rows of " + choice.names(), e);
    }
  }

  private Grown grow(DMatrix training, DMatrix validation, Map<String, Object> parameters)
      throws XGBoostError {
    Booster booster = booster(training, parameters, Map.of("validation", validation));
    try {
      byte[] best = new byte[0];
      double bestAuc = Double.NEGATIVE_INFINITY;
      int bestRound = 0;
      int round = 0;
      while (round < options.rounds() && round - bestRound < options.patience()) {
        booster.update(training, round);
        double auc = auc(booster, validation, round);
        round++;
        if (auc > bestAuc) {
          bestAuc = auc;
          bestRound = round;
          best = booster.toByteArray(FORMAT);
        }
        progress.onRound(round, options.rounds(), auc);
      }
      return new Grown(best, round, bestRound);
    } finally {
      booster.dispose();
    }
  }

  /**
   * A booster without rounds: they are run one by one.
   *
   * @param watched naming them here lets XGBoost keep their predictions from round to round
   */
  private Booster booster(
      DMatrix training, Map<String, Object> parameters, Map<String, DMatrix> watched)
      throws XGBoostError {
    Booster booster = XGBoost.train(training, parameters, 0, watched, null, null);
    booster.setFeatureNames(choice.names().toArray(String[]::new));
    return booster;
  }

  private static double auc(Booster booster, DMatrix validation, int round) throws XGBoostError {
    float[] auc = new float[1];
    booster.evalSet(new DMatrix[] {validation}, new String[] {"validation"}, round, auc);
    return auc[0];
  }

  /** What a row of label 1 counts among some rows, where one of label 0 counts 1. */
  double positiveWeight(int[] training) {
    long positives = 0;
    for (int row : training) {
      positives += rows.label(row) == 1 ? 1 : 0;
    }
    return options.positiveWeight(positives, training.length - positives);
  }

  private Map<String, Object> parameters(int[] training) {
    return XgbParameters.of(options, choice, positiveWeight(training));
  }

  /**
   * The matrix as XGBoost holds it. Its values go there through memory outside of the heap, which
   * needs no array of all of them: those of the columns stay the only ones.
   */
  private DMatrix matrix(int[] selected) throws XGBoostError {
    BigDenseMatrix values = new BigDenseMatrix(selected.length, features.length);
    DMatrix matrix;
    try {
      rows.copy(selected, features, values::set);
      matrix = new DMatrix(values, Float.NaN);
    } finally {
      values.dispose();
    }
    try {
      matrix.setLabel(rows.labels(selected));
      return matrix;
    } catch (XGBoostError e) {
      matrix.dispose();
      throw e;
    }
  }
}
