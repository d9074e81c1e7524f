package dev.lockstep.serving.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.serving.act.Actor;
import dev.lockstep.serving.act.ActorSettings;
import dev.lockstep.serving.act.DecisionDatabase;
import dev.lockstep.serving.kafka.DeadLetters;
import dev.lockstep.serving.kafka.KafkaUnavailableException;
import dev.lockstep.serving.kafka.Topics;
import dev.lockstep.time.Micros;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ScoringResult;
import dev.lockstep.value.Values;
import dev.lockstep.wire.FeatureVectorCodec;
import dev.lockstep.wire.ScoreCalibration;
import dev.lockstep.wire.ScoringResultCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorerTest {
  private static final FeaturePlan PLAN = TinyModel.plan(24);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.000007Z");

  /** Calibrated: what is published has the bits that the curve gives. */
  private static final ScoreCalibration CURVE = new ScoreCalibration(0.7, -0.2);

  @TempDir static Path folder;
  private static LocalKafka broker;
  private static Topics topics;
  private static ScoringModel model;

  @BeforeAll
  static void open() throws Exception {
    broker = LocalKafka.start(folder.resolve("kafka"));
    topics = new Topics(broker);
    TinyModel.train(PLAN, folder.resolve("model"));
    TinyModel.manifest(PLAN).withCalibration(CURVE).write(folder.resolve("model"));
    model = ScoringModel.load(folder.resolve("model"));
  }

  @AfterAll
  static void close() {
    model.close();
    topics.close();
    broker.close();
  }

  @Test
  void vectorsBecomeScoresAndScoresDecisions() {
    topics.create("vectors", 2);
    List<FeatureVector> vectors = vectors(PLAN, 200);
    vectors.forEach(v -> send("vectors", FeatureVectorCodec.toBytes(v)));
    topics.flush();
    Scorer scorer = scoreUntil("vectors", "scores", 200);
    assertEquals(new ScorerCounts(200, 200, 0, 0), scorer.counts());

    Map<String, ScoringResult> results = new HashMap<>();
    Set<String> reached = new TreeSet<>();
    for (ConsumerRecord<byte[], byte[]> record : topics.read("scores", 200)) {
      ScoringResult result = ScoringResultCodec.fromBytes(record.value());
      assertEquals(result.requestId(), new String(record.key(), StandardCharsets.UTF_8));
      results.put(result.requestId(), result);
      if (result.reachesThreshold()) {
        reached.add(result.requestId());
      }
    }
    float[] scores =
        model.score(vectors.stream().map(FeatureVector::values).toList(), model.inputsIn(PLAN));
    for (int i = 0; i < scores.length; i++) {
      assertEquals(expected(vectors.get(i), scores[i]), results.get("r-" + i));
    }
    assertTrue(!reached.isEmpty() && reached.size() < 200, () -> "" + reached.size());

    try (DecisionDatabase database = DecisionDatabase.open(folder.resolve("decisions"))) {
      Actor actor =
          new Actor(
              new ActorSettings(topics.connection(), "scores", "block"),
              database,
              InstantSource.fixed(NOW));
      CompletableFuture<Void> run = CompletableFuture.runAsync(actor::run);
      Topics.until(
          () -> run.isDone() || actor.counts().consumed() >= 200, () -> "" + actor.counts());
      actor.close();
      run.join();
      Set<String> decided = new TreeSet<>();
      database.latest(1000).forEach(d -> decided.add(d.requestId()));
      assertEquals(reached, decided);
    }
  }

  @Test
  void vectorsOfAnotherPlanAndGarbageGoToTheDeadLetters() {
    topics.create("mixed", 1);
    FeaturePlan other = TinyModel.plan(48);
    byte[] foreign = FeatureVectorCodec.toBytes(vectors(other, 1).get(0));
    byte[] garbage = "not avro".getBytes(StandardCharsets.UTF_8);
    send("mixed", foreign);
    send("mixed", garbage);
    send("mixed", null);
    send("mixed", FeatureVectorCodec.toBytes(vectors(PLAN, 1).get(0)));
    topics.flush();
    Scorer scorer = scoreUntil("mixed", "mixed-scores", 4);
    assertEquals(new ScorerCounts(4, 1, 1, 2), scorer.counts());
    assertEquals(1, topics.read("mixed-scores", 1).size());

    List<ConsumerRecord<byte[], byte[]>> letters = topics.read(DeadLetters.topicOf("mixed"), 3);
    assertArrayEquals(foreign, letters.get(0).value());
    String reason = header(letters.get(0), DeadLetters.REASON);
    assertTrue(reason.contains(PLAN.fingerprint()) && reason.contains(other.fingerprint()), reason);
    assertArrayEquals(garbage, letters.get(1).value());
    assertEquals("mixed-0@1", header(letters.get(1), DeadLetters.POSITION));
    assertEquals("a record without a value", header(letters.get(2), DeadLetters.REASON));
  }

  @Test
  void aModelThatLeavesFeaturesOutReadsTheOthersByName() throws Exception {
    FeaturePlan plan = TinyModel.planWithText();
    Path leaner = folder.resolve("leaner");
    Booster booster = TinyModel.trainOn(plan, List.of("swipes", "amount"), leaner);
    topics.create("texts", 1);
    float[] inputs = new float[2 * 50];
    for (int i = 0; i < 50; i++) {
      Values values = new Values(plan.featureTypes());
      values.setDouble(0, inputs[2 * i + 1] = 2 * i);
      values.setString(1, "c");
      values.set(2, NOW);
      values.setLong(3, i);
      inputs[2 * i] = i;
      FeatureVector vector =
          new FeatureVector(plan.name(), plan.fingerprint(), "r" + i, 1, 1, Map.of(), values, 1, 1);
      send("texts", FeatureVectorCodec.toBytes(vector));
    }
    topics.flush();
    try (ScoringModel lean = ScoringModel.load(leaner)) {
      Scorer scorer = scoreUntil("texts", "texts-scores", 50, plan, lean);
      assertEquals(new ScorerCounts(50, 50, 0, 0), scorer.counts());
    }
    float[][] expected = booster.predict(new DMatrix(inputs, 50, 2, Float.NaN));
    for (ConsumerRecord<byte[], byte[]> record : topics.read("texts-scores", 50)) {
      ScoringResult result = ScoringResultCodec.fromBytes(record.value());
      int i = Integer.parseInt(result.requestId().substring(1));
      assertEquals(expected[i][0], (float) result.score(), result.requestId());
    }
  }

  @Test
  void aRestartGoesOnAfterTheLastCommit() {
    topics.create("restart", 2);
    List<FeatureVector> vectors = vectors(PLAN, 100);
    vectors.subList(0, 60).forEach(v -> send("restart", FeatureVectorCodec.toBytes(v)));
    topics.flush();
    assertEquals(60, scoreUntil("restart", "restart-scores", 60).counts().scored());
    vectors.subList(60, 100).forEach(v -> send("restart", FeatureVectorCodec.toBytes(v)));
    topics.flush();
    assertEquals(40, scoreUntil("restart", "restart-scores", 40).counts().scored());
    Set<String> ids = new TreeSet<>();
    topics
        .read("restart-scores", 100)
        .forEach(r -> ids.add(new String(r.key(), StandardCharsets.UTF_8)));
    assertEquals(100, ids.size());
  }

  @Test
  void anotherPlanIsRefusedBeforeTheStart() {
    assertThrows(
        ModelRefusedException.class,
        () ->
            new Scorer(
                new ScorerSettings(topics.connection(), "v", "s", "g"),
                TinyModel.plan(48),
                model,
                InstantSource.fixed(NOW)));
  }

  @Test
  void aMissingTopicEndsTheRunWithItsName() {
    Scorer scorer =
        new Scorer(
            new ScorerSettings(topics.connection(), "nowhere", "s", "g"),
            PLAN,
            model,
            InstantSource.fixed(NOW));
    KafkaUnavailableException e = assertThrows(KafkaUnavailableException.class, scorer::run);
    assertTrue(e.getMessage().contains("has no topic [nowhere]"), e::getMessage);
    scorer.close();
    assertThrows(IllegalStateException.class, scorer::run);
  }

  private static Scorer scoreUntil(String vectors, String scores, int consumed) {
    return scoreUntil(vectors, scores, consumed, PLAN, model);
  }

  private static Scorer scoreUntil(
      String vectors, String scores, int consumed, FeaturePlan plan, ScoringModel by) {
    Scorer scorer =
        new Scorer(
            new ScorerSettings(topics.connection(), vectors, scores, vectors + "-scorer"),
            plan,
            by,
            InstantSource.fixed(NOW));
    CompletableFuture<Void> run = CompletableFuture.runAsync(scorer::run);
    Topics.until(
        () -> run.isDone() || scorer.counts().consumed() >= consumed, () -> "" + scorer.counts());
    scorer.close();
    run.join();
    return scorer;
  }

  private static List<FeatureVector> vectors(FeaturePlan plan, int count) {
    Random random = new Random(11);
    return IntStream.range(0, count).mapToObj(i -> TinyModel.vector(plan, i, random)).toList();
  }

  private static ScoringResult expected(FeatureVector v, float score) {
    return new ScoringResult(
        "tiny",
        v.requestId(),
        v.entities(),
        score,
        TinyModel.THRESHOLD,
        "tiny",
        "1",
        PLAN.fingerprint(),
        v.eventTimeMicros(),
        v.availableAtMicros(),
        v.ingestedAtMicros(),
        v.emittedAtMicros(),
        Micros.of(NOW));
  }

  private static void send(String topic, byte[] value) {
    topics.send(topic, "k".getBytes(StandardCharsets.UTF_8), value);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
