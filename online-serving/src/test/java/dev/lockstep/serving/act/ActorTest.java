package dev.lockstep.serving.act;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.servers.LocalKafka;
import dev.lockstep.serving.kafka.DeadLetters;
import dev.lockstep.serving.kafka.Topics;
import dev.lockstep.value.ScoringResult;
import dev.lockstep.wire.ScoringResultCodec;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActorTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.000007Z");
  private static final long SEED = 20261122L;

  @TempDir static Path kafkaFolder;
  private static LocalKafka broker;
  private static Topics topics;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    broker = LocalKafka.start(kafkaFolder);
    topics = new Topics(broker);
  }

  @AfterAll
  static void close() {
    topics.close();
    broker.close();
  }

  @Test
  void actsOnEachRequestOnceAndCountsTheRest() {
    topics.create("scores-once", 1);
    send("scores-once", result("a", 0.9));
    send("scores-once", result("b", 0.1));
    send("scores-once", result("a", 0.9));
    send("scores-once", result("c", 0.5));
    topics.send("scores-once", "k".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2});
    topics.flush();
    try (DecisionDatabase database = DecisionDatabase.open(folder.resolve("decisions"))) {
      ActorCounts counts = actUntil(database, "scores-once", 5);
      assertEquals(new ActorCounts(5, 2, 1, 1, 1), counts);
      assertEquals(List.of(decision("a", 0.9), decision("c", 0.5)), database.latest(10));
      assertEquals(List.of(decision("a", 0.9)), database.latest(1));
    }
    ConsumerRecord<byte[], byte[]> letter =
        topics.read(DeadLetters.topicOf("scores-once"), 1).get(0);
    assertArrayEquals(new byte[] {1, 2}, letter.value());
    assertEquals("scores-once-0@4", header(letter, DeadLetters.POSITION));
    assertTrue(header(letter, DeadLetters.REASON).startsWith("not a ScoringResult: "));
  }

  @Test
  void aDecisionOnWhatNobodySaysTheArrivalOfHasNone() {
    topics.create("scores-plain", 1);
    send(
        "scores-plain",
        new ScoringResult(
            "tiny", "a", Map.of("card", "c"), 0.9, 0.5, "m", "1", "ab", 10, 11, 0, 13, 14));
    topics.flush();
    try (DecisionDatabase database = DecisionDatabase.open(folder.resolve("decisions"))) {
      assertEquals(1, actUntil(database, "scores-plain", 1).acted());
      assertNull(database.latest(1).get(0).ingestedAt());
    }
  }

  @Test
  void aRestartGoesOnWhereTheDatabaseStands() {
    topics.create("scores-restart", 2);
    Path file = folder.resolve("decisions");
    for (int i = 0; i < 50; i++) {
      send("scores-restart", result("r" + i, 0.7));
    }
    topics.flush();
    try (DecisionDatabase database = DecisionDatabase.open(file)) {
      assertEquals(new ActorCounts(50, 50, 0, 0, 0), actUntil(database, "scores-restart", 50));
    }
    for (int i = 40; i < 60; i++) {
      send("scores-restart", result("r" + i, 0.7));
    }
    topics.flush();
    try (DecisionDatabase database = DecisionDatabase.open(file)) {
      assertEquals(new ActorCounts(20, 10, 0, 10, 0), actUntil(database, "scores-restart", 20));
      assertEquals(60, database.count());
    }
  }

  @Test
  void killedInTheMiddleEachDecisionIsTakenOnce() throws Exception {
    System.out.println("seed " + SEED);
    topics.create("scores-killed", 3);
    Path file = folder.resolve("decisions");
    List<ScoringResult> results = new ArrayList<>();
    Set<String> expected = new TreeSet<>();
    Random random = new Random(SEED);
    for (int i = 0; i < 6000; i++) {
      ScoringResult result = result("r" + i % 5000, (i % 5000) % 3 == 0 ? 0.8 : 0.2);
      results.add(result);
      if (result.reachesThreshold()) {
        expected.add(result.requestId());
      }
    }
    Collections.shuffle(results, random);
    results.forEach(r -> send("scores-killed", r));
    topics.flush();
    long acted = killAfter("scores-killed", file, 100);
    acted += killAfter("scores-killed", file, 100);
    long reported = acted;
    try (DecisionDatabase database = DecisionDatabase.open(file)) {
      long before = database.count();
      assertTrue(
          before >= reported && before > 0 && before < expected.size(),
          () -> before + " before the last run, " + reported + " reported");
      Actor actor = actor(database, "scores-killed");
      CompletableFuture<Void> run = CompletableFuture.runAsync(actor::run);
      Topics.until(
          () -> run.isDone() || database.count() == expected.size(),
          () -> database.count() + " of " + expected.size() + " decisions");
      actor.close();
      run.join();
      Set<String> decided = new TreeSet<>();
      database.latest(10_000).forEach(d -> assertTrue(decided.add(d.requestId()), d.requestId()));
      assertEquals(expected, decided);
      assertEquals(expected.size(), before + actor.counts().acted());
    }
  }

  @Test
  void aTopicMadeAnewIsReadFromItsBegin() {
    org.apache.kafka.common.Uuid one = org.apache.kafka.common.Uuid.randomUuid();
    try (DecisionDatabase database = DecisionDatabase.open(folder.resolve("decisions"))) {
      database.keep(List.of(), one, Map.of(0, 5L, 1, 7L));
      database.keep(List.of(), one, Map.of(0, 6L));
      assertEquals(Map.of(0, 6L, 1, 7L), database.positions(one));
      assertEquals(Map.of(), database.positions(org.apache.kafka.common.Uuid.randomUuid()));
    }
  }

  @Test
  void aDatabaseInUseIsNamedWithACure() throws Exception {
    topics.create("scores-used", 1);
    send("scores-used", result("a", 0.9));
    topics.flush();
    Path file = folder.resolve("decisions");
    Process other = start("scores-used", file);
    try (BufferedReader lines = other.inputReader()) {
      awaitConsumed(lines, 1);
      DecisionException e =
          assertThrows(DecisionException.class, () -> DecisionDatabase.open(file));
      assertTrue(e.getMessage().contains("in use by another actor. Stop it"), e::getMessage);
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  private static ActorCounts actUntil(DecisionDatabase database, String topic, int consumed) {
    Actor actor = actor(database, topic);
    CompletableFuture<Void> run = CompletableFuture.runAsync(actor::run);
    Topics.until(
        () -> run.isDone() || actor.counts().consumed() >= consumed,
        () -> "consumed " + actor.counts());
    actor.close();
    run.join();
    return actor.counts();
  }

  private static Actor actor(DecisionDatabase database, String topic) {
    return new Actor(
        new ActorSettings(topics.connection(), topic, "block"), database, InstantSource.fixed(NOW));
  }

  /** Kills an actor after it has consumed so much; returns how often it said to have acted. */
  private long killAfter(String topic, Path file, int consumed) throws Exception {
    Process process = start(topic, file);
    try (BufferedReader lines = process.inputReader()) {
      return awaitConsumed(lines, consumed);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(String topic, Path file) throws Exception {
    Path config = folder.resolve("client.properties");
    Files.writeString(config, "max.poll.records=10\n");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ActorProcess.class.getName(),
            broker.bootstrapServers(),
            topic,
            file.toString());
    builder.environment().put("LOCKSTEP_KAFKA_CONFIG", config.toString());
    return builder.redirectError(folder.resolve("actor.log").toFile()).start();
  }

  private long awaitConsumed(BufferedReader lines, int consumed) throws Exception {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] counts = line.split(" ");
      if (Long.parseLong(counts[0]) >= consumed) {
        return Long.parseLong(counts[1]);
      }
    }
    throw new AssertionError("it ended: " + Files.readString(folder.resolve("actor.log")));
  }

  private static void send(String topic, ScoringResult result) {
    topics.send(
        topic,
        result.requestId().getBytes(StandardCharsets.UTF_8),
        ScoringResultCodec.toBytes(result));
  }

  private static ScoringResult result(String request, double score) {
    return new ScoringResult(
        "tiny", request, Map.of("card", "c"), score, 0.5, "m", "1", "ab", 10, 11, 12, 13, 14);
  }

  private static Decision decision(String request, double score) {
    return new Decision(
        request,
        "block",
        score,
        0.5,
        "1",
        "ab",
        Map.of("card", "c"),
        Instant.EPOCH.plusNanos(10_000),
        Instant.EPOCH.plusNanos(12_000),
        NOW);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
