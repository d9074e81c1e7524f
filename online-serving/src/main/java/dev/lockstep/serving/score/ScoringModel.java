package dev.lockstep.serving.score;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.PlanDifference;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ModelFile;
import dev.lockstep.wire.ModelManifest;
import dev.lockstep.wire.ModelManifest.Feature;
import dev.lockstep.wire.ScoreCalibration;
import dev.lockstep.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.Booster.PredictionType;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A trained XGBoost model with its manifest, ready to score. For one thread at a time.
 *
 * <p>Inputs are {@link Values#asModelInput}: floats, NaN where a feature is null, which the model
 * takes as missing.
 */
public final class ScoringModel implements AutoCloseable {
  private static final int LINES_SHOWN = 20;

  /** As XGBoost says it: from the first to the last. */
  private static final int[] ALL_TREES = {0, 0};

  private final ModelManifest manifest;
  private final Booster booster;

  private ScoringModel(ModelManifest manifest, Booster booster) {
    this.manifest = manifest;
    this.booster = booster;
  }

  /**
   * The model in a folder.
   *
   * @throws IOException if a file is missing or can't be read; the message names it and the cure
   * @throws ModelRefusedException if the model isn't one that can score vectors: text features, not
   *     one score a row, inputs other than its manifest's, a damaged file
   */
  public static ScoringModel load(Path named) throws IOException {
    Path folder = ModelManifest.folder(named);
    ModelManifest manifest;
    try {
      manifest = ModelManifest.read(folder);
    } catch (WireException e) {
      throw new ModelRefusedException(e.getMessage() + ". Train the model again.", e);
    }
    refuseText(folder, manifest);
    Path file = folder.resolve(ModelManifest.MODEL_FILE);
    if (!Files.exists(file)) {
      throw new IOException(
          "The model's file " + file + " is missing beside its manifest. Train it again.");
    }
    byte[] bytes = Files.readAllBytes(file);
    refuseUnfit(file, bytes, manifest);
    try {
      Booster booster = XGBoost.loadModel(bytes);
      // A vector takes microseconds: handing it to other threads would take longer.
      booster.setParam("nthread", 1);
      return new ScoringModel(manifest, booster);
    } catch (XGBoostError e) {
      throw new ModelRefusedException(
          file + " is no XGBoost model: " + firstLine(e) + ". Train it again.", e);
    }
  }

  private static void refuseText(Path folder, ModelManifest manifest) {
    List<String> text =
        manifest.features().stream()
            .filter(f -> f.type() == ValueType.STRING)
            .map(Feature::name)
            .toList();
    if (!text.isEmpty()) {
      throw new ModelRefusedException(
          "The model in "
              + folder
              + " reads text, which has no number for it: "
              + text
              + ". Derive numbers from these features, or leave them out, and train again.",
          null);
    }
  }

  private static void refuseUnfit(Path file, byte[] bytes, ModelManifest manifest) {
    ModelFile.Refusal refusal;
    try {
      refusal = ModelFile.read(bytes).refusal(manifest.featureNames());
    } catch (WireException e) {
      throw new ModelRefusedException(
          file + " is no XGBoost model: " + e.getMessage() + ". Train it again.", e);
    }
    if (refusal != null) {
      throw new ModelRefusedException(
          file + " " + refusal.problem() + ". " + refusal.cure() + ".", null);
    }
  }

  public ModelManifest manifest() {
    return manifest;
  }

  /**
   * Refuses a plan that isn't the one that the model was trained on (C14).
   *
   * @throws ModelRefusedException with both fingerprints and what differs
   */
  public void requirePlan(FeaturePlan plan) {
    if (plan.fingerprint().equals(manifest.fingerprint())) {
      return;
    }
    List<String> differences = PlanDifference.lines(manifest.planText(), plan.text());
    StringBuilder text = new StringBuilder();
    differences.stream().limit(LINES_SHOWN).forEach(l -> text.append("\n  ").append(l));
    if (differences.size() > LINES_SHOWN) {
      text.append("\n  and ").append(differences.size() - LINES_SHOWN).append(" lines more");
    }
    throw new ModelRefusedException(
        "The model "
            + manifest.name()
            + " "
            + manifest.version()
            + " was trained on the plan "
            + manifest.fingerprint()
            + " of "
            + manifest.featureSet()
            + ", the project's plan of "
            + plan.name()
            + " is "
            + plan.fingerprint()
            + ". Train a model on this plan, or run the definitions of that one. What differs (- the"
            + " model's, + the project's):"
            + text,
        null);
  }

  /**
   * Where the model's inputs are in the vectors of its plan: it may leave features out.
   *
   * @throws ModelRefusedException if the plan isn't the one that it was trained on, or lacks an
   *     input
   */
  public int[] inputsIn(FeaturePlan plan) {
    requirePlan(plan);
    List<Feature> features =
        plan.features().stream().map(f -> new Feature(f.name(), f.type())).toList();
    int[] places = manifest.features().stream().mapToInt(features::indexOf).toArray();
    for (int input = 0; input < places.length; input++) {
      if (places[input] < 0) {
        throw new ModelRefusedException(
            "The model's input "
                + manifest.features().get(input)
                + " is no feature of the plan it names. Its manifest was changed: train again.",
            null);
      }
    }
    return places;
  }

  /**
   * The scores of rows: XGBoost's own, or what the manifest's calibration makes of margins.
   *
   * @param inputs where the model's inputs are in the rows, as {@link #inputsIn} tells
   * @return as many as rows, in their order
   */
  public float[] score(List<Values> rows, int[] inputs) {
    int columns = inputs.length;
    float[] matrix = new float[rows.size() * columns];
    for (int row = 0; row < rows.size(); row++) {
      Values values = rows.get(row);
      for (int column = 0; column < columns; column++) {
        matrix[row * columns + column] = values.asModelInput(inputs[column]);
      }
    }
    try {
      ScoreCalibration calibration = manifest.calibration();
      float[][] outputs =
          booster.inplace_predict(
              matrix,
              rows.size(),
              columns,
              Float.NaN,
              ALL_TREES,
              calibration == null ? PredictionType.kValue : PredictionType.kMargin,
              null);
      float[] scores = new float[rows.size()];
      for (int row = 0; row < scores.length; row++) {
        float output = outputs[row][0];
        scores[row] = calibration == null ? output : calibration.score(output);
      }
      return scores;
    } catch (XGBoostError e) {
      throw new IllegalStateException(
          "The model "
              + manifest.name()
              + " "
              + manifest.version()
              + " fails on "
              + rows.size()
              + " rows: "
              + firstLine(e),
          e);
    }
  }

  private static String firstLine(XGBoostError e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    booster.dispose();
  }
}
