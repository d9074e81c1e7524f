package dev.lockstep.training.train;

import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.wire.ModelFile;
import dev.lockstep.wire.ScoreCalibration;
import dev.lockstep.wire.WireException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.Booster.PredictionType;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** What finished trees, as bytes, answer. Each call loads them anew: milliseconds, and no state. */
final class Trees {
  /** Bounds what a prediction holds besides its result: XGBoost answers one array a row. */
  private static final int ROWS_AT_ONCE = 1 << 14;

  /** As XGBoost says it: from the first to the last. */
  private static final int[] ALL_TREES = {0, 0};

  private Trees() {}

  /**
   * The score of each of some rows, in their order.
   *
   * @param calibration of the trees' model; null for XGBoost's own scores
   */
  static float[] predict(
      byte[] trees,
      @Nullable ScoreCalibration calibration,
      TrainingRows rows,
      int[] selected,
      int[] features) {
    if (calibration == null) {
      return predict(trees, PredictionType.kValue, rows, selected, features);
    }
    float[] scores = margins(trees, rows, selected, features);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = calibration.score(scores[i]);
    }
    return scores;
  }

  /** What the trees add up to for each of some rows, as log-odds. */
  static float[] margins(byte[] trees, TrainingRows rows, int[] selected, int[] features) {
    return predict(trees, PredictionType.kMargin, rows, selected, features);
  }

  private static float[] predict(
      byte[] trees, PredictionType kind, TrainingRows rows, int[] selected, int[] features) {
    float[] scores = new float[selected.length];
    Booster booster = load(trees);
    try {
      for (int start = 0; start < selected.length; start += ROWS_AT_ONCE) {
        int[] some = new int[Math.min(ROWS_AT_ONCE, selected.length - start)];
        System.arraycopy(selected, start, some, 0, some.length);
        float[][] answers =
            booster.inplace_predict(
                rows.matrix(some, features),
                some.length,
                features.length,
                Float.NaN,
                ALL_TREES,
                kind,
                null);
        for (int i = 0; i < some.length; i++) {
          scores[start + i] = answers[i][0];
        }
      }
      return scores;
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost failed to score " + selected.length + " rows", e);
    } finally {
      booster.dispose();
    }
  }

  /** The features that splits read, of greatest gain first, names deciding ties. */
  static List<FeatureImportance> importances(byte[] trees, List<String> featureNames) {
    Booster booster = load(trees);
    try {
      Map<String, Double> gains = shares(booster, featureNames, "total_gain");
      Map<String, Double> covers = shares(booster, featureNames, "total_cover");
      Map<String, Double> splits = shares(booster, featureNames, "weight");
      return gains.keySet().stream()
          .map(
              name ->
                  new FeatureImportance(
                      name,
                      gains.getOrDefault(name, 0.0),
                      covers.getOrDefault(name, 0.0),
                      splits.getOrDefault(name, 0.0)))
          .sorted(
              Comparator.comparingDouble(FeatureImportance::gain)
                  .reversed()
                  .thenComparing(FeatureImportance::name))
          .toList();
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost failed to tell the gain of features", e);
    } finally {
      booster.dispose();
    }
  }

  private static Map<String, Double> shares(Booster booster, List<String> names, String kind)
      throws XGBoostError {
    Map<String, Double> sums = booster.getScore(names.toArray(String[]::new), kind);
    double all = sums.values().stream().mapToDouble(Double::doubleValue).sorted().sum();
    if (all > 0) {
      sums.replaceAll((name, sum) -> sum / all);
    }
    return sums;
  }

  /**
   * Refuses bytes that are no trees of some features.
   *
   * @param what names them, for the message
   */
  static void requireSound(byte[] trees, List<String> features, String what) {
    ModelFile.Refusal refusal;
    try {
      refusal = ModelFile.read(trees).refusal(features);
      load(trees).dispose();
    } catch (WireException | IllegalStateException e) {
      throw new TrainingException(
          what + " is no XGBoost model (" + e.getMessage() + ")",
          "remove it, or name another folder");
    }
    if (refusal != null) {
      throw new TrainingException(
          what + " " + refusal.problem(), "remove it, or name another folder");
    }
  }

  private static Booster load(byte[] trees) {
    try {
      return XGBoost.loadModel(trees);
    } catch (XGBoostError e) {
      throw new IllegalStateException(
          "XGBoost failed to load a model of " + trees.length + " bytes", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
