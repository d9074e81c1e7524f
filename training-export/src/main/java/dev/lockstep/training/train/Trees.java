package dev.lockstep.training.train;

import dev.lockstep.training.TrainingRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** What finished trees, as bytes, answer. Each call loads them anew: milliseconds, and no state. */
final class Trees {
  /** Bounds what a prediction holds besides its result: XGBoost answers one array a row. */
  private static final int ROWS_AT_ONCE = 1 << 14;

  private Trees() {}

  /** The score of each of some rows, in their order. */
  static float[] predict(byte[] trees, TrainingRows rows, int[] selected, int[] features) {
    float[] scores = new float[selected.length];
    Booster booster = load(trees);
    try {
      for (int start = 0; start < selected.length; start += ROWS_AT_ONCE) {
        int[] some = new int[Math.min(ROWS_AT_ONCE, selected.length - start)];
        System.arraycopy(selected, start, some, 0, some.length);
        float[][] answers =
            booster.inplace_predict(
                rows.matrix(some, features), some.length, features.length, Float.NaN);
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

  /** Each feature's share of all gain, greatest first, names deciding ties. */
  static Map<String, Double> gains(byte[] trees, List<String> featureNames) {
    Booster booster = load(trees);
    try {
      Map<String, Double> gains =
          booster.getScore(featureNames.toArray(String[]::new), "total_gain");
      double all = gains.values().stream().mapToDouble(Double::doubleValue).sorted().sum();
      Map<String, Double> shares = new LinkedHashMap<>();
      gains.entrySet().stream()
          .sorted(
              Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                  .thenComparing(Map.Entry.comparingByKey()))
          .forEach(g -> shares.put(g.getKey(), g.getValue() / all));
      return shares;
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost failed to tell the gain of features", e);
    } finally {
      booster.dispose();
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
