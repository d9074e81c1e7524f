package dev.lockstep.training.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.training.SyntheticPlan;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.evaluate.Comparison;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviousModelTest {
  private static final long SEED = 8;
  private final FeaturePlan plan = SyntheticPlan.plan();

  @TempDir Path home;

  /** Rows in which the amount tells the labels apart, and the count of swipes a little. */
  private static TrainingRows rows(List<String> names, List<ValueType> types) {
    TrainingRows set = new TrainingRows(names, types);
    Values values = new Values(types);
    Random random = new Random(SEED);
    for (int i = 0; i < 3000; i++) {
      double amount = random.nextDouble();
      long swipes = random.nextInt(10);
      boolean fraud = amount + swipes / 20.0 + random.nextGaussian() / 4 > 0.8;
      for (int f = 0; f < types.size(); f++) {
        if (names.get(f).equals("swipes_1h") && types.get(f) == ValueType.LONG) {
          values.setLong(f, swipes);
        } else if (types.get(f) == ValueType.DOUBLE) {
          values.setDouble(f, amount);
        }
      }
      set.add("r" + i, i * 1_000_000L, values, fraud ? 1 : 0);
    }
    return set;
  }

  private static TrainingRows rows() {
    return rows(List.of("swipes_1h", "amount"), List.of(ValueType.LONG, ValueType.DOUBLE));
  }

  private PreviousModel previous(FeaturePlan of, String... features) throws IOException {
    Path folder = home.resolve("previous");
    TrainedModel model = new Trainer().train(rows(), List.of(features));
    ModelFolder.write(folder, "fraud", of, model, true);
    return PreviousModel.read(folder);
  }

  @Test
  void comparesOnTheSameTestRows() throws IOException {
    PreviousModel previous = previous(plan, "swipes_1h");
    TrainedModel model = new Trainer().train(rows());

    Comparison comparison = previous.compare(model, plan, rows());

    assertEquals("fraud " + previous.manifest().version(), comparison.other());
    assertEquals(List.of(), comparison.notes());
    Comparison.Figures figures = assertNotNull(comparison);
    assertEquals(previous.manifest().metrics().get("auc"), figures.others().auc());
    assertEquals(previous.manifest().metrics().get("log_loss"), figures.others().logLoss());
    assertEquals(
        model.evaluation().test().quality().auc() - figures.others().auc(), figures.auc().value());
    assertTrue(figures.auc().isSure() && figures.auc().value() > 0, figures.toString());
  }

  private static Comparison.Figures assertNotNull(Comparison comparison) {
    Comparison.Figures figures = comparison.figures();
    org.junit.jupiter.api.Assertions.assertNotNull(figures, comparison.notes().toString());
    return figures;
  }

  @Test
  void theReportWithAComparisonIsReadAgainAsItself() throws IOException {
    TrainedModel model = new Trainer().train(rows());
    EvaluationReport report =
        model.comparedWith(previous(plan, "swipes_1h").compare(model, plan, rows())).evaluation();

    assertEquals(report, EvaluationReport.fromJson(report.toJson()));
    assertTrue(report.summary().contains("compared with fraud "), report.summary());
    assertEquals(
        "the evaluation is not of format 2\n    cure: train the model again",
        assertThrows(TrainingException.class, () -> EvaluationReport.fromJson("{}")).getMessage());
    assertThrows(
        TrainingException.class, () -> EvaluationReport.fromJson("{\"format\": 2, \"test\": {}}"));
    assertThrows(TrainingException.class, () -> EvaluationReport.fromJson("nothing"));
  }

  @Test
  void saysThatThePlanIsAnother() throws IOException {
    FeaturePlan other = SyntheticPlan.planWithOneMore();
    TrainedModel model = new Trainer().train(rows());

    Comparison comparison = previous(other, "amount").compare(model, plan, rows());

    assertNotNull(comparison);
    assertEquals(1, comparison.notes().size());
    String note = comparison.notes().get(0);
    assertTrue(note.contains(other.fingerprint()) && note.contains(plan.fingerprint()), note);
  }

  @Test
  void saysThatItPredictsAnotherLabelOfTheSameName() throws IOException {
    FeaturePlan other = SyntheticPlan.planOfAnotherLabel();
    assertEquals(plan.fingerprint(), other.fingerprint());
    TrainedModel model = new Trainer().train(rows());

    Comparison comparison = previous(other, "amount").compare(model, plan, rows());

    assertNotNull(comparison);
    assertEquals(
        List.of(
            "it predicts another label, ["
                + other.labelText()
                + "], these rows say ["
                + plan.labelText()
                + "]: the figures tell how well it does at that"),
        comparison.notes());
  }

  @Test
  void saysThatItMayKnowTheTestRows() throws IOException {
    TrainedModel model =
        new Trainer().withOptions(TrainingOptions.of(Map.of("test_share", "0.4"))).train(rows());

    Comparison comparison = previous(plan, "amount").compare(model, plan, rows());

    assertTrue(comparison.notes().get(0).contains("which flatters it"), comparison.toString());
  }

  @Test
  void saysWhatItCantScore() throws IOException {
    TrainingRows others =
        rows(List.of("swipes_1h", "amount"), List.of(ValueType.DOUBLE, ValueType.DOUBLE));
    TrainedModel model = new Trainer().train(others, List.of("amount"));

    Comparison comparison = previous(plan, "swipes_1h", "amount").compare(model, plan, others);

    assertNull(comparison.figures());
    assertEquals(
        List.of("it can't score these rows, which lack its features [swipes_1h]"),
        comparison.notes());
    EvaluationReport report = model.comparedWith(comparison).evaluation();
    assertEquals(report, EvaluationReport.fromJson(report.toJson()));
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    assertRefused(home.resolve("none"), "there is no model in");
    previous(plan, "amount");
    Path folder = home.resolve("previous");
    Path file = folder.resolve(ModelManifest.MODEL_FILE);
    Files.write(file, new byte[] {1, 2, 3});
    assertRefused(folder, file + " is no XGBoost model");
    Files.write(file, new Trainer().train(rows()).bytes());
    assertRefused(folder, file + " reads 2 inputs, its manifest names 1");
    Files.delete(file);
    assertRefused(folder, file + " is missing beside its manifest");
    Files.writeString(folder.resolve(ModelManifest.MANIFEST_FILE), "format=1\n");
    assertRefused(folder, "is no model's manifest");
  }

  private static void assertRefused(Path folder, String problem) {
    String message =
        assertThrows(TrainingException.class, () -> PreviousModel.read(folder)).getMessage();
    assertTrue(message.contains(problem) && message.contains("cure: "), message);
  }

  @Test
  void thePageShowsWhatWasMeasured() throws IOException {
    TrainedModel model = new Trainer().train(rows());
    TrainedModel compared =
        model.comparedWith(previous(plan, "swipes_1h").compare(model, plan, rows()));
    Path folder = home.resolve("model");
    ModelFolder.write(folder, "fraud", plan, compared, false);

    String page = Files.readString(folder.resolve(EvaluationPage.FILE));

    assertTrue(
        page.contains(
            String.format(
                java.util.Locale.ROOT, "%.4f", model.evaluation().test().quality().auc())));
    assertTrue(page.contains("Better than the previous model"));
    assertTrue(page.contains("swipes_1h") && page.contains(plan.fingerprint()));
  }
}
