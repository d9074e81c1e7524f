package dev.lockstep.serving.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ModelManifest;
import dev.lockstep.wire.ScoreCalibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringModelTest {
  private static final FeaturePlan PLAN = TinyModel.plan(24);

  @TempDir Path folder;

  @Test
  void scoresAreXgboostsToTheBit() throws Exception {
    Booster booster = TinyModel.train(PLAN, folder);
    Random random = new Random(1);
    List<FeatureVector> vectors =
        IntStream.range(0, 300).mapToObj(i -> TinyModel.vector(PLAN, i, random)).toList();
    List<Values> rows = vectors.stream().map(FeatureVector::values).toList();
    float[] expected = TinyModel.scoresByMatrix(booster, vectors);
    try (ScoringModel model = ScoringModel.load(folder)) {
      assertArrayEquals(expected, model.score(rows, model.inputsIn(PLAN)));
      for (int i = 0; i < rows.size(); i++) {
        assertEquals(expected[i], model.score(rows.subList(i, i + 1), model.inputsIn(PLAN))[0]);
      }
    }
    assertTrue(IntStream.range(0, 300).mapToObj(i -> expected[i]).distinct().count() > 1);
  }

  @Test
  void aCalibrationMakesScoresOfMargins() throws Exception {
    Booster booster = TinyModel.train(PLAN, folder);
    ScoreCalibration curve = new ScoreCalibration(0.7, -2.3);
    TinyModel.manifest(PLAN).withCalibration(curve).write(folder);
    Random random = new Random(2);
    List<FeatureVector> vectors =
        IntStream.range(0, 300).mapToObj(i -> TinyModel.vector(PLAN, i, random)).toList();
    float[] margins = TinyModel.marginsByMatrix(booster, vectors);
    try (ScoringModel model = ScoringModel.load(folder)) {
      float[] scores =
          model.score(vectors.stream().map(FeatureVector::values).toList(), model.inputsIn(PLAN));
      for (int i = 0; i < scores.length; i++) {
        assertEquals(curve.score(margins[i]), scores[i], "row " + i);
        assertEquals(1 / (1 + Math.exp(-(0.7 * margins[i] - 2.3))), scores[i], 1e-7);
      }
    }
  }

  @Test
  void anotherPlanIsRefusedWithBothFingerprintsAndWhatDiffers() throws Exception {
    TinyModel.train(PLAN, folder);
    FeaturePlan other = TinyModel.plan(48);
    try (ScoringModel model = ScoringModel.load(folder)) {
      model.requirePlan(PLAN);
      ModelRefusedException e =
          assertThrows(ModelRefusedException.class, () -> model.requirePlan(other));
      assertTrue(e.getMessage().contains(PLAN.fingerprint()), e::getMessage);
      assertTrue(e.getMessage().contains(other.fingerprint()), e::getMessage);
      assertTrue(e.getMessage().contains("Train a model on this plan"), e::getMessage);
      List<String> differing = e.getMessage().lines().filter(l -> l.matches("  [-+] .*")).toList();
      assertEquals(2, differing.size(), e::getMessage);
      assertTrue(differing.get(0).contains("last 24h"), e::getMessage);
      assertTrue(differing.get(1).contains("last 2d"), e::getMessage);
    }
  }

  @Test
  void textFeaturesAreRefusedByName() throws IOException {
    ModelManifest tiny = TinyModel.manifest(PLAN);
    new ModelManifest(
            tiny.name(),
            tiny.version(),
            tiny.featureSet(),
            tiny.fingerprint(),
            tiny.planText(),
            List.of(new ModelManifest.Feature("town", ValueType.STRING)),
            tiny.label(),
            tiny.threshold(),
            tiny.trainedFrom(),
            tiny.trainedUntil(),
            tiny.rows(),
            tiny.metrics())
        .write(folder);
    assertRefused("reads text, which has no number for it: [town]. Derive numbers");
  }

  @Test
  void filesThatAreMissingOrDamagedAreNamed() throws Exception {
    assertTrue(
        assertThrows(IOException.class, () -> ScoringModel.load(folder))
            .getMessage()
            .startsWith("No model in " + folder));
    TinyModel.train(PLAN, folder);
    Path file = folder.resolve(ModelManifest.MODEL_FILE);
    Files.write(file, new byte[] {1, 2, 3});
    assertRefused(file + " is no XGBoost model: ");
    Files.delete(file);
    IOException missing = assertThrows(IOException.class, () -> ScoringModel.load(folder));
    assertTrue(missing.getMessage().contains(file + " is missing"), missing::getMessage);
    Files.writeString(folder.resolve(ModelManifest.MANIFEST_FILE), "format=1\n");
    assertRefused("name is missing. Train the model again.");
  }

  @Test
  void modelsOfOtherShapesAreRefused() throws Exception {
    Map<String, Object> logistic = Map.of("objective", "binary:logistic");
    TinyModel.train(PLAN, folder, new float[] {1, 2, 3, 4}, new float[] {0, 1}, logistic);
    assertRefused("reads 2 inputs, its manifest names 3. They are of different trainings");
    TinyModel.train(
        PLAN,
        folder,
        new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9},
        new float[] {0, 1, 2},
        Map.of("objective", "multi:softprob", "num_class", 3));
    assertRefused("was trained for [multi:softprob], which gives no probability of a label");
  }

  private void assertRefused(String message) {
    ModelRefusedException e =
        assertThrows(ModelRefusedException.class, () -> ScoringModel.load(folder));
    assertTrue(e.getMessage().contains(message), e::getMessage);
  }
}
