package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.beam.write.TrainingSetWriter;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.serving.score.ScoringModel;
import dev.lockstep.time.Micros;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.TrainingSet;
import dev.lockstep.training.compare.SameRows;
import dev.lockstep.training.train.EvaluationReport;
import dev.lockstep.training.train.LabelWait;
import dev.lockstep.training.train.TestPart;
import dev.lockstep.training.train.TrainedModel;
import dev.lockstep.training.train.Trainer;
import dev.lockstep.training.train.TrainingOptions;
import dev.lockstep.training.train.TrainingReport;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ModelManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From a training set in files to a model's folder, by the command line. */
class TrainCommandTest {
  private static final long SEED = 20_261_125;
  private static final int ROWS = 3000;
  private static final long TEN_MINUTES_MICROS = 600 * Micros.PER_SECOND;

  /** The label's five days, and its source's lateness. */
  private static final long WAIT_MICROS = (5 * 24 + 1) * 3_600 * Micros.PER_SECOND;

  private final FeaturePlan plan = FeaturePlan.of(FraudFeatures.FRAUD, FraudFeatures.FRAUDULENT);

  @TempDir Path home;
  private Path set;

  private record Result(int code, String out, String err) {}

  private static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private Result train(String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "train",
                "fraud",
                "--data",
                home.resolve("data").toString(),
                "--from",
                set.toString(),
                "--out",
                home.resolve("model").toString(),
                "--set",
                "threads=1",
                "--set",
                "rounds=20"));
    line.addAll(List.of(more));
    return run(line.toArray(String[]::new));
  }

  /**
   * A swipe every ten minutes, for three weeks; large amounts over the card's average are often
   * fraud.
   */
  @BeforeEach
  void writeTheTrainingSet() throws IOException {
    set = home.resolve("set");
    TrainingSchema schema =
        new TrainingSchema(
            List.of("card", "merchant"),
            plan.features().stream()
                .map(f -> new TrainingSchema.Column(f.name(), f.type()))
                .toList(),
            new TrainingSchema.Column(plan.label().orElseThrow().name(), ValueType.BOOLEAN));
    TrainingSetFolder folder = new TrainingSetFolder(set.toString(), "test", false);
    folder.begin();
    List<ColumnVector> columns = schema.emptyColumns();
    Random random = new Random(SEED);
    for (int i = 0; i < ROWS; i++) {
      row(i, random).appendTo(columns, schema);
    }
    try (TrainingSetWriter writer = TrainingSetWriter.open(folder.part(0), schema)) {
      writer.write(columns, ROWS);
    }
    folder.publish(
        new Manifest(
            plan.name(),
            plan.fingerprint(),
            plan.text(),
            schema,
            ROWS,
            null,
            null,
            null,
            Map.of(),
            List.of(),
            List.of(),
            "test"));
  }

  private LabelledVector row(int i, Random random) {
    Values values = new Values(plan.featureTypes());
    double amount = random.nextDouble() * 100;
    double over = random.nextDouble() * 4;
    values.setDouble(place("amount"), amount);
    values.setDouble(place("amount_over_card_avg"), over);
    boolean fraud = amount / 100 + over / 4 + random.nextGaussian() / 5 > 1.3;
    return new LabelledVector(
        new FeatureVector(
            plan.name(),
            plan.fingerprint(),
            String.format("r%05d", i),
            i * TEN_MINUTES_MICROS,
            i * TEN_MINUTES_MICROS,
            Map.of("card", "c", "merchant", "m"),
            values,
            0,
            0),
        fraud);
  }

  private int place(String feature) {
    return plan.features().stream().map(f -> f.name()).toList().indexOf(feature);
  }

  @Test
  void writesAModelThatTheScorerReadsAndThenComparesWithIt() throws IOException {
    Result first = train("--request-only");
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().contains("on the test part: AUC 0."), first.out());
    assertFalse(first.out().contains("compared with"), first.out());

    Result second = train("--replace", "--set", "monotone=amount_over_card_avg=+1");
    assertEquals(0, second.code(), second.err());
    assertTrue(second.out().contains("compared with fraud "), second.out());
    assertTrue(second.out().contains("null in every row: "), second.out());

    Path model = home.resolve("model");
    EvaluationReport report =
        EvaluationReport.fromJson(Files.readString(model.resolve("evaluation.json")));
    assertEquals("amount_over_card_avg=+1", report.training().options().get("monotone"));
    assertEquals("20", report.training().options().get("rounds"));
    assertTrue(report.comparison().figures().differences().auc().value() > 0, second.out());
    assertTrue(Files.readString(model.resolve("evaluation.html")).contains("previous model"));
    try (ScoringModel scoring = ScoringModel.load(model)) {
      int[] inputs = scoring.inputsIn(plan);
      assertEquals(report.test().quality().auc(), scoring.manifest().metrics().get("auc"));
      assertEquals(1, scoring.score(List.of(new Values(plan.featureTypes())), inputs).length);
    }
    JsonNode json = new ObjectMapper().readTree(Files.readString(model.resolve("evaluation.json")));
    assertEquals(2, json.get("format").asInt());
    assertTrue(json.at("/test/quality/log_loss").isNumber(), json.toString());
  }

  @Test
  void aModelThatLeavesAFeatureOutIsScoredByTheOthers() throws IOException {
    Result result = train("--set", "exclude=amount");
    assertEquals(0, result.code(), result.err());
    List<Values> rows = new ArrayList<>();
    for (double over : new double[] {0.1, 3.9, 0.1, 3.9}) {
      Values values = new Values(plan.featureTypes());
      values.setDouble(place("amount_over_card_avg"), over);
      values.setDouble(place("amount"), 100 * rows.size());
      rows.add(values);
    }
    try (ScoringModel scoring = ScoringModel.load(home.resolve("model"))) {
      float[] scores = scoring.score(rows, scoring.inputsIn(plan));
      assertTrue(scores[1] > scores[0] + 0.1, Arrays.toString(scores));
      assertEquals(scores[0], scores[2]);
      assertEquals(scores[1], scores[3]);
    }
  }

  /** What is compared with reads a feature that the new model leaves out. */
  @Test
  void aModelThatLeavesAFeatureOutIsComparedWithOneThatReadsIt() throws IOException {
    Result first = train();
    Result second = train("--replace", "--set", "exclude=amount");
    assertEquals(0, first.code() + second.code(), first.err() + second.err());
    EvaluationReport report =
        EvaluationReport.fromJson(
            Files.readString(home.resolve("model").resolve("evaluation.json")));
    assertTrue(report.comparison().figures().differences().auc().value() < 0, second.out());
  }

  /** By its manifest: the files hold as many rows as before. */
  @Test
  void aSetThatDoesNotFitIsRefusedWithTheCure() throws IOException {
    Path file = set.resolve(Manifest.FILE);
    Files.writeString(file, Manifest.read(set).with(1_500_000_000, null, null, Map.of()).toJson());
    Result result = train();
    assertEquals(4, result.code());
    assertTrue(
        result.err().startsWith("lockstep: to train on the 1,500,000,000 rows of " + set),
        result.err());
    assertTrue(result.err().contains("cure: "), result.err());
    assertTrue(result.err().contains("--set include="), result.err());
    assertFalse(Files.exists(home.resolve("model")));
  }

  /** In the evaluation, by the model just trained, and by the scorer that reads its folder. */
  @Test
  void calibratedScoresHaveTheSameBitsEverywhere() throws IOException {
    Result result = train("--set", "class_weight=balanced");
    assertEquals(0, result.code(), result.err());
    Path model = home.resolve("model");
    EvaluationReport report =
        EvaluationReport.fromJson(Files.readString(model.resolve("evaluation.json")));
    TrainingSet loaded = TrainingSet.load(set, plan);
    TrainingRows rows = loaded.rows();
    TrainedModel trained =
        new Trainer()
            .withOptions(
                TrainingOptions.of(
                    Map.of("threads", "1", "rounds", "20", "class_weight", "balanced")))
            .withLabelWait(LabelWait.of(plan, loaded.manifest()))
            .train(rows);
    float[] scores;
    try (ScoringModel scoring = ScoringModel.load(model)) {
      assertEquals(report.training().calibration(), scoring.manifest().calibration());
      assertNotNull(scoring.manifest().calibration());
      Random random = new Random(SEED);
      List<Values> vectors = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        vectors.add(row(i, random).vector().values());
      }
      scores = scoring.score(vectors, scoring.inputsIn(plan));
    }
    assertArrayEquals(trained.predict(rows), scores);
    TestPart test = TestPart.of(report.training(), rows);
    float[] tested = Arrays.copyOfRange(scores, ROWS - test.size(), ROWS); // in order of time
    assertEquals(report.test(), test.report(report.training().validation().threshold(), tested));
  }

  @Test
  void noRowLearntFromHadALabelOfTheNextPart() throws IOException {
    assertEquals(0, train().code());
    Path model = home.resolve("model");
    TrainingReport report =
        EvaluationReport.fromJson(Files.readString(model.resolve("evaluation.json"))).training();
    long validation = Micros.of(report.validationFrom());
    long test = Micros.of(report.testFrom());
    long purgedTraining = 0;
    long purgedValidation = 0;
    long known = 0;
    for (long i = 0; i < ROWS; i++) {
      long t = i * TEN_MINUTES_MICROS;
      purgedTraining += t < validation && t + WAIT_MICROS >= validation ? 1 : 0;
      purgedValidation += t >= validation && t < test && t + WAIT_MICROS >= test ? 1 : 0;
      known += t + WAIT_MICROS < test ? 1 : 0;
    }
    ModelManifest manifest = ModelManifest.read(model);
    assertTrue(purgedTraining > 700 && purgedValidation > 700);
    assertEquals((double) purgedTraining, manifest.metrics().get("purged_training_rows"));
    assertEquals((double) purgedValidation, manifest.metrics().get("purged_validation_rows"));
    assertEquals(known, manifest.rows());
    assertTrue(Objects.requireNonNull(manifest.knownUntil()).isBefore(report.testFrom()));
    assertEquals(SameRows.digest(set), manifest.trace().get("training_set"));
    assertEquals("20", manifest.trace().get("option.rounds"));
    assertEquals("1", manifest.trace().get("threads"));
  }

  @Test
  void theSameCommandGivesTheSameFiles() throws IOException {
    Result first = train("--set", "subsample=0.8");
    Files.move(home.resolve("model"), home.resolve("before"));
    Result second = train("--set", "subsample=0.8");
    assertEquals(0, first.code() + second.code(), first.err() + second.err());
    for (String file : List.of("model.ubj", "manifest.properties", "evaluation.json")) {
      assertArrayEquals(
          Files.readAllBytes(home.resolve("model").resolve(file)),
          Files.readAllBytes(home.resolve("before").resolve(file)),
          file);
    }
  }

  @Test
  void optionsOverrideTheFile() throws IOException {
    Path file = home.resolve("trees.json");
    Files.writeString(file, "{\"max_depth\": 3, \"seed\": 7}");
    Result result = train("--params", file.toString(), "--set", "max_depth=2");
    assertEquals(0, result.code(), result.err());
    Map<String, String> options =
        EvaluationReport.fromJson(
                Files.readString(home.resolve("model").resolve("evaluation.json")))
            .training()
            .options();
    assertEquals("2", options.get("max_depth"));
    assertEquals("7", options.get("seed"));
  }

  @Test
  void wrongOptionsAreRefusedTogetherBeforeTheWork() {
    Result result = train("--set", "depth=3", "--set", "seed=x", "--set", "monotone=amonut=+1");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("have 3 errors"), result.err());
    assertTrue(result.err().contains("[amonut]"), result.err());
    assertFalse(Files.exists(home.resolve("model")));
    assertTrue(train("--set", "depth").err().contains("--set depth is no KEY=VALUE"));
  }

  @Test
  void whatIsInTheWayIsSaidBeforeTheWork() {
    assertEquals(0, train().code());
    Result again =
        run(
            "train",
            "fraud",
            "--data",
            home.toString(),
            "--from",
            "nowhere",
            "--out",
            home.resolve("model").toString());
    assertEquals(4, again.code());
    assertTrue(again.err().contains("already"), again.err());
    Result none = train("--replace", "--previous", home.resolve("none").toString());
    assertTrue(none.err().contains("there is no model in"), none.err());
  }
}
