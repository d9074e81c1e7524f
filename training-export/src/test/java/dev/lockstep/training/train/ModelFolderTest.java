package dev.lockstep.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.write.CodeVersion;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.training.SyntheticPlan;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
  private final FeaturePlan plan = SyntheticPlan.plan();

  @TempDir Path home;

  /** A model of two features: large amounts are fraud, and so are null ones. */
  private static TrainedModel model(int rows) {
    List<ValueType> types = List.of(ValueType.LONG, ValueType.DOUBLE);
    TrainingRows set = new TrainingRows(List.of("swipes_1h", "amount"), types);
    Values values = new Values(types);
    for (int i = 0; i < rows; i++) {
      values.setLong(0, i % 7);
      values.set(1, i % 10 == 0 ? null : (Double) (double) (i % 10));
      set.add("r" + i, i * 1_000_000L, values, i % 10 == 0 || i % 10 > 6 ? 1 : 0);
    }
    return new Trainer().train(set);
  }

  @Test
  void keepsTheModelAndWhatItIs() throws Exception {
    Path folder = home.resolve("models/fraud");
    TrainedModel model = model(1001);

    ModelManifest written = ModelFolder.write(folder, "fraud", plan, model, false);

    assertEquals(
        List.of("evaluation.html", "evaluation.json", "manifest.properties", "model.ubj"),
        names(folder));
    assertEquals(
        model.evaluation(),
        EvaluationReport.fromJson(Files.readString(folder.resolve(EvaluationReport.JSON_FILE))));
    assertEquals(List.of("fraud"), names(folder.getParent()), "leftovers");
    ModelManifest read = ModelManifest.read(folder);
    assertEquals(written, read);
    assertEquals("fraud", read.featureSet());
    assertEquals(plan.fingerprint(), read.fingerprint());
    assertEquals(plan.text(), read.planText());
    assertEquals("fraudulent", read.label());
    assertEquals(
        List.of(
            new ModelManifest.Feature("swipes_1h", ValueType.LONG),
            new ModelManifest.Feature("amount", ValueType.DOUBLE)),
        read.features());
    assertEquals(Instant.EPOCH, read.trainedFrom());
    assertEquals(Instant.EPOCH.plusSeconds(799), read.trainedUntil());
    assertEquals(800, read.rows());
    assertEquals(201.0, read.metrics().get("test_rows"));
    assertEquals(1.0, read.metrics().get("auc"));
    assertEquals(1.0, read.metrics().get("recall"));
    assertEquals(model.threshold(), read.threshold());
    assertEquals(0.0, read.metrics().get("purged_training_rows"));
    assertNull(read.calibration());
    assertEquals(Instant.EPOCH.plusSeconds(799), read.knownUntil());
    assertEquals("3.4.0", read.trace().get("xgboost"));
    assertEquals(CodeVersion.current(), read.trace().get("code"));
    assertEquals(
        String.valueOf(Runtime.getRuntime().availableProcessors()), read.trace().get("threads"));
    model
        .report()
        .options()
        .forEach((key, value) -> assertEquals(value, read.trace().get("option." + key)));
    assertNull(read.trace().get("training_set"));
    assertEquals(
        "0123",
        ModelFolder.manifest("fraud", plan, model.ofTrainingSet("0123"))
            .trace()
            .get("training_set"));
  }

  @Test
  void scoresTheSameFromTheFolder() throws Exception {
    Path folder = home.resolve("fraud");
    TrainedModel model = model(1000);
    ModelManifest manifest = ModelFolder.write(folder, "fraud", plan, model, false);

    Booster booster = XGBoost.loadModel(folder.resolve(ModelManifest.MODEL_FILE).toString());
    float[] rows = {3, Float.NaN, 3, 9, 3, 2};
    float[][] scores = booster.inplace_predict(rows, 3, 2, Float.NaN);
    booster.dispose();

    assertTrue(scores[0][0] >= manifest.threshold(), "null: " + scores[0][0]);
    assertTrue(scores[1][0] >= manifest.threshold(), "9: " + scores[1][0]);
    assertTrue(scores[2][0] < manifest.threshold(), "2: " + scores[2][0]);
    List<ValueType> types = List.of(ValueType.LONG, ValueType.DOUBLE);
    TrainingRows set = new TrainingRows(List.of("swipes_1h", "amount"), types);
    Values values = new Values(types);
    for (int row = 0; row < 3; row++) {
      values.setLong(0, 3);
      values.set(1, row == 0 ? null : (Double) (double) rows[2 * row + 1]);
      set.add("r", 0, values, Float.NaN);
    }
    assertArrayEquals(new float[] {scores[0][0], scores[1][0], scores[2][0]}, model.predict(set));
  }

  @Test
  void givesTheSameVersionToTheSameTraining() {
    String version = ModelFolder.manifest("fraud", plan, model(1000)).version();

    assertTrue(version.matches("[0-9a-f]{12}"), version);
    assertEquals(version, ModelFolder.manifest("other", plan, model(1000)).version());
    assertNotEquals(version, ModelFolder.manifest("fraud", plan, model(1010)).version());
    assertNotEquals(
        version,
        ModelFolder.manifest("fraud", SyntheticPlan.planWithOneMore(), model(1000)).version());
  }

  @Test
  void replacesAModelOnlyWhenAsked() throws IOException {
    Path folder = home.resolve("fraud");
    ModelManifest first = ModelFolder.write(folder, "fraud", plan, model(1000), false);

    assertEquals(
        "the model "
            + first.version()
            + " is in "
            + folder
            + " already\n    cure: name another folder (--out), or replace it (--replace)",
        assertThrows(
                TrainingException.class,
                () -> ModelFolder.write(folder, "fraud", plan, model(1010), false))
            .getMessage());
    assertEquals(first, ModelManifest.read(folder));

    ModelManifest second = ModelFolder.write(folder, "fraud", plan, model(1010), true);

    assertNotEquals(first.version(), second.version());
    assertEquals(second, ModelManifest.read(folder));
    assertEquals(List.of("fraud", "fraud.previous"), names(home), "leftovers");
    Path previous = home.resolve("fraud.previous");
    assertEquals(first, ModelManifest.read(previous), "what was replaced is kept");
    assertEquals(names(folder), names(previous), "and is whole");

    // The same model again leaves the previous one what it is.
    assertEquals(second, ModelFolder.write(folder, "fraud", plan, model(1010), true));
    assertEquals(first, ModelManifest.read(previous));
    ModelManifest third = ModelFolder.write(folder, "fraud", plan, model(1020), true);
    assertEquals(third, ModelManifest.read(folder));
    assertEquals(second, ModelManifest.read(previous), "one is kept");
    assertEquals(List.of("fraud", "fraud.previous"), names(home), "leftovers");
  }

  @Test
  void aKillBetweenTheRenamesLeavesAModel() throws IOException {
    Path folder = home.resolve("fraud");
    ModelManifest first = ModelFolder.write(folder, "fraud", plan, model(1000), false);
    ModelManifest second = ModelFolder.write(folder, "fraud", plan, model(1010), true);
    // Killed between the two renames of the second: the first had made way.
    Files.move(folder, home.resolve("fraud.next"));

    assertEquals(second, ModelManifest.read(folder), "readers find the new one");
    PreviousModel before = PreviousModel.read(folder);
    assertEquals(second, before.manifest());

    // The next run ends it, and then is as any other.
    assertThrows(
        TrainingException.class,
        () -> ModelFolder.write(folder, "fraud", plan, model(1020), false));
    assertEquals(List.of("fraud", "fraud.previous"), names(home));
    assertEquals(second, ModelManifest.read(folder));
    assertEquals(first, ModelManifest.read(home.resolve("fraud.previous")));

    // Killed before the first rename: the old model is there, and the new one is made again.
    Files.createDirectories(home.resolve("fraud.next"));
    Files.copy(
        folder.resolve(ModelManifest.MANIFEST_FILE),
        home.resolve("fraud.next").resolve(ModelManifest.MANIFEST_FILE));
    assertEquals(second, ModelManifest.read(folder));
    ModelManifest third = ModelFolder.write(folder, "fraud", plan, model(1020), true);
    assertEquals(third, ModelManifest.read(folder));
    assertEquals(second, ModelManifest.read(home.resolve("fraud.previous")));
    assertEquals(List.of("fraud", "fraud.previous"), names(home));
  }

  @Test
  void neverRemovesWhatIsNoModel() throws IOException {
    Path folder = Files.createDirectories(home.resolve("precious"));
    Files.writeString(folder.resolve("notes.txt"), "mine");
    TrainedModel model = model(1000);

    assertEquals(
        folder
            + " is in the way, and is no model: manifest.properties is missing\n"
            + "    cure: name another folder, or remove this one",
        assertThrows(
                TrainingException.class,
                () -> ModelFolder.write(folder, "fraud", plan, model, true))
            .getMessage());

    Path mixed = home.resolve("mixed");
    ModelFolder.write(mixed, "fraud", plan, model, false);
    Files.writeString(mixed.resolve("notes.txt"), "mine");
    assertEquals(
        mixed.resolve("notes.txt")
            + " is no part of the model, and would go with it\n"
            + "    cure: move it elsewhere first",
        assertThrows(
                TrainingException.class, () -> ModelFolder.write(mixed, "fraud", plan, model, true))
            .getMessage());
    assertEquals("mine", Files.readString(mixed.resolve("notes.txt")));

    Path kept = home.resolve("kept");
    ModelFolder.write(kept, "fraud", plan, model, false);
    Path notes = Files.createDirectories(home.resolve("kept.previous")).resolve("notes.txt");
    Files.writeString(notes, "mine");
    assertThrows(
        TrainingException.class, () -> ModelFolder.write(kept, "fraud", plan, model(1010), true));
    assertEquals("mine", Files.readString(notes));
  }

  @Test
  void clearsWhatARunThatDidNotEndLeft() throws IOException {
    Path folder = home.resolve("fraud");
    TrainedModel model = model(1000);
    String version = ModelFolder.manifest("fraud", plan, model).version();
    Path half = Files.createDirectories(home.resolve("fraud.tmp-" + version));
    Files.writeString(half.resolve(ModelManifest.MODEL_FILE), "half");

    ModelFolder.write(folder, "fraud", plan, model, false);

    assertArrayEquals(model.bytes(), Files.readAllBytes(folder.resolve(ModelManifest.MODEL_FILE)));
    assertEquals(List.of("fraud"), names(home));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
