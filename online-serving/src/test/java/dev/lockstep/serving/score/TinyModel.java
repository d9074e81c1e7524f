package dev.lockstep.serving.score;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Emission.onArrival;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ModelManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** A small feature set, and a real model trained on it: large averages are bad. */
public final class TinyModel {
  public static final double THRESHOLD = 0.5;
  private static final long SEED = 7;

  /** An event. */
  public record Swipe(String id, String card, double amount, Instant at) {}

  private TinyModel() {}

  /** The plan; another window makes another plan. */
  public static FeaturePlan plan(int windowHours) {
    EventSource<Swipe> swipes =
        EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);
    FeatureView<Swipe> activity =
        FeatureView.named("activity")
            .over(swipes)
            .by(Entity.string("card"), Swipe::card)
            .feature("swipes", count().over(last(hours(1))))
            .feature("average", avg(Swipe::amount).over(last(hours(windowHours))));
    return FeaturePlan.of(
        FeatureSet.named("tiny")
            .forEach(swipes)
            .request("at", Swipe::at)
            .with(activity)
            .emit(onArrival()));
  }

  /** A plan with text between the features that a model can read. */
  public static FeaturePlan planWithText() {
    EventSource<Swipe> swipes =
        EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);
    return FeaturePlan.of(
        FeatureSet.named("texts")
            .forEach(swipes)
            .request("amount", Swipe::amount)
            .request("card_text", Swipe::card)
            .request("at", Swipe::at)
            .with(
                FeatureView.named("activity")
                    .over(swipes)
                    .by(Entity.string("card"), Swipe::card)
                    .feature("swipes", count().over(last(hours(1)))))
            .emit(onArrival()));
  }

  /** Trains a model of some of a plan's features, by name, on rows of those alone. */
  static Booster trainOn(FeaturePlan plan, List<String> names, Path folder)
      throws IOException, XGBoostError {
    Random random = new Random(SEED);
    float[] inputs = new float[500 * names.size()];
    float[] labels = new float[500];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = random.nextInt(100);
      labels[i / names.size()] = inputs[i] > 50 ? 1 : 0; // the last decides
    }
    Booster booster = train(plan, folder, inputs, labels, Map.of("objective", "binary:logistic"));
    ModelManifest all = manifest(plan);
    new ModelManifest(
            all.name(),
            all.version(),
            all.featureSet(),
            all.fingerprint(),
            all.planText(),
            names.stream().map(n -> all.features().get(all.featureNames().indexOf(n))).toList(),
            all.label(),
            all.threshold(),
            all.trainedFrom(),
            all.trainedUntil(),
            all.rows(),
            all.metrics())
        .write(folder);
    return booster;
  }

  /** A vector of a plan. */
  public static FeatureVector vector(FeaturePlan plan, int request, Random random) {
    Values values = new Values(plan.featureTypes());
    values.set(0, Instant.ofEpochSecond(1_000_000_000L + request));
    values.setLong(1, random.nextInt(10));
    if (random.nextInt(10) > 0) {
      values.setDouble(2, random.nextDouble() * 100);
    }
    return new FeatureVector(
        plan.name(),
        plan.fingerprint(),
        "r-" + request,
        1_000_000_000_000_000L + request,
        1_000_000_000_000_001L + request,
        Map.of("card", "c-" + request % 17),
        values,
        1_800_000_000_000_000L + request,
        1_800_000_000_000_500L + request);
  }

  /** Trains a model of a plan into a folder. */
  public static Booster train(FeaturePlan plan, Path folder) throws IOException, XGBoostError {
    Random random = new Random(SEED);
    int rows = 500;
    int columns = plan.features().size();
    float[] inputs = new float[rows * columns];
    float[] labels = new float[rows];
    for (int row = 0; row < rows; row++) {
      Values values = vector(plan, row, random).values();
      for (int column = 0; column < columns; column++) {
        inputs[row * columns + column] = values.asModelInput(column);
      }
      labels[row] = values.getDouble(2) > 60 ? 1 : 0;
    }
    return train(plan, folder, inputs, labels, Map.of("objective", "binary:logistic"));
  }

  static Booster train(
      FeaturePlan plan, Path folder, float[] inputs, float[] labels, Map<String, Object> objective)
      throws IOException, XGBoostError {
    DMatrix matrix = new DMatrix(inputs, labels.length, inputs.length / labels.length, Float.NaN);
    matrix.setLabel(labels);
    Map<String, Object> parameters = new java.util.HashMap<>(objective);
    parameters.put("max_depth", 3);
    parameters.put("nthread", 1);
    parameters.put("seed", SEED);
    Booster booster = XGBoost.train(matrix, parameters, 10, Map.of(), null, null);
    manifest(plan).write(folder);
    booster.saveModel(folder.resolve(ModelManifest.MODEL_FILE).toString());
    return booster;
  }

  static ModelManifest manifest(FeaturePlan plan) {
    return new ModelManifest(
        "tiny",
        "1",
        plan.name(),
        plan.fingerprint(),
        plan.text(),
        plan.features().stream().map(f -> new ModelManifest.Feature(f.name(), f.type())).toList(),
        "average over 60",
        THRESHOLD,
        Instant.EPOCH,
        Instant.EPOCH,
        500,
        Map.of());
  }

  /** The scores that XGBoost gives by its other way, a matrix. */
  static float[] scoresByMatrix(Booster booster, List<FeatureVector> vectors) throws XGBoostError {
    return byMatrix(booster, vectors, false);
  }

  /** What the trees add up to, by a matrix. */
  static float[] marginsByMatrix(Booster booster, List<FeatureVector> vectors) throws XGBoostError {
    return byMatrix(booster, vectors, true);
  }

  private static float[] byMatrix(Booster booster, List<FeatureVector> vectors, boolean margins)
      throws XGBoostError {
    int columns = vectors.get(0).values().size();
    float[] inputs = new float[vectors.size() * columns];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = vectors.get(i / columns).values().asModelInput(i % columns);
    }
    float[][] outputs =
        booster.predict(new DMatrix(inputs, vectors.size(), columns, Float.NaN), margins);
    float[] scores = new float[outputs.length];
    Arrays.setAll(new Float[outputs.length], i -> scores[i] = outputs[i][0]);
    return scores;
  }
}
