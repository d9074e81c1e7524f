package dev.lockstep.training.train;

import java.util.LinkedHashMap;
import java.util.Map;

/** Training options in XGBoost's words. */
final class XgbParameters {
  private XgbParameters() {}

  /**
   * The parameters of one training.
   *
   * @param positiveWeight what a row of label 1 counts
   */
  static Map<String, Object> of(
      TrainingOptions options, FeatureChoice choice, double positiveWeight) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("objective", "binary:logistic");
    parameters.put("tree_method", "hist");
    parameters.put("eval_metric", "auc");
    parameters.put("max_depth", options.whole(TrainingOption.MAX_DEPTH));
    parameters.put("eta", options.number(TrainingOption.LEARNING_RATE));
    parameters.put("min_child_weight", options.number(TrainingOption.MIN_CHILD_WEIGHT));
    parameters.put("gamma", options.number(TrainingOption.GAMMA));
    parameters.put("lambda", options.number(TrainingOption.LAMBDA));
    parameters.put("alpha", options.number(TrainingOption.ALPHA));
    parameters.put("subsample", options.number(TrainingOption.SUBSAMPLE));
    parameters.put("colsample_bytree", options.number(TrainingOption.COLSAMPLE));
    parameters.put("max_bin", options.whole(TrainingOption.MAX_BINS));
    parameters.put("scale_pos_weight", positiveWeight);
    if (choice.isConstrained()) {
      parameters.put("monotone_constraints", choice.constraints());
    }
    parameters.put("seed", options.whole(TrainingOption.SEED));
    parameters.put("nthread", options.threads());
    parameters.put("verbosity", 0);
    return parameters;
  }
}
