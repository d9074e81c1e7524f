package dev.lockstep.training.train;

import dev.lockstep.training.TrainingRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** The rounds: one tree each, until validation gets no better. */
final class Boosting {
  private static final String FORMAT = "ubj";

  private final TrainingOptions options;
  private final TrainingProgress progress;

  Boosting(TrainingOptions options, TrainingProgress progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * What the rounds gave.
   *
   * @param trees those of the best round and before, in XGBoost's binary JSON
   */
  record Grown(byte[] trees, int rounds, int bestRound) {}

  /**
   * Grows trees of the split's training part.
   *
   * @param features the places of the named features
   */
  Grown grow(TrainingRows rows, TimeSplit split, List<String> featureNames, int[] features) {
    try {
      DMatrix training = matrix(rows, split.training(), features);
      try {
        DMatrix validation = matrix(rows, split.validation(), features);
        try {
          return grow(training, validation, featureNames);
        } finally {
          validation.dispose();
        }
      } finally {
        training.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException(
          "XGBoost failed on " + split.training().length + " rows of " + featureNames, e);
    }
  }

  private Grown grow(DMatrix training, DMatrix validation, List<String> featureNames)
      throws XGBoostError {
    // No rounds yet: they are run below, one by one. Naming the matrices here lets XGBoost keep
    // their predictions from round to round.
    Booster booster =
        XGBoost.train(training, parameters(), 0, Map.of("validation", validation), null, null);
    try {
      booster.setFeatureNames(featureNames.toArray(String[]::new));
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

  private static double auc(Booster booster, DMatrix validation, int round) throws XGBoostError {
    float[] auc = new float[1];
    booster.evalSet(new DMatrix[] {validation}, new String[] {"validation"}, round, auc);
    return auc[0];
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("objective", "binary:logistic");
    parameters.put("tree_method", "hist");
    parameters.put("eval_metric", "auc");
    parameters.put("max_depth", options.maxDepth());
    parameters.put("eta", options.eta());
    parameters.put("seed", options.seed());
    // Said outright: XGBoost's own default counts cores that a container may not use.
    int cores = Runtime.getRuntime().availableProcessors();
    parameters.put("nthread", options.threads() == 0 ? cores : options.threads());
    parameters.put("verbosity", 0);
    return parameters;
  }

  private static DMatrix matrix(TrainingRows rows, int[] selected, int[] features)
      throws XGBoostError {
    DMatrix matrix =
        new DMatrix(rows.matrix(selected, features), selected.length, features.length, Float.NaN);
    try {
      matrix.setLabel(labels(rows, selected));
      return matrix;
    } catch (XGBoostError e) {
      matrix.dispose();
      throw e;
    }
  }

  /** The labels of some rows, in their order. */
  static float[] labels(TrainingRows rows, int[] selected) {
    float[] labels = new float[selected.length];
    for (int i = 0; i < selected.length; i++) {
      labels[i] = rows.label(selected[i]);
    }
    return labels;
  }
}
