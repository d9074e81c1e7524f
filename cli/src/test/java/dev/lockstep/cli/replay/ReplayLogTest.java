package dev.lockstep.cli.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.cli.replay.Card.Archived;
import dev.lockstep.cli.replay.Card.Pay;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.project.History;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay sends of a history: which rows, as what, in which order (C1, C13, C17). */
class ReplayLogTest {
  private static final long SEED = 20261130;
  private static final Instant NOON = Instant.parse("2001-02-03T12:00:00Z");

  @TempDir Path folder;

  private final FeaturePlan plan = FeaturePlan.of(Card.SET);
  private final LeftOut leftOut = new LeftOut();

  @SafeVarargs
  private <T> Path file(String name, Class<T> type, T... rows) throws IOException {
    return file(name, type, List.of(rows));
  }

  private <T> Path file(String name, Class<T> type, List<T> rows) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (RecordParquetWriter<T> writer = RecordParquetWriter.open(type, file)) {
      for (T row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private ReplayLog log(long runBytes, Path... given) throws IOException {
    return log(
        new ReplayLog.Stretch(
            Micros.of(NOON), Micros.of(NOON.plusSeconds(3600)), Micros.of(NOON.plusSeconds(60))),
        runBytes,
        given);
  }

  private ReplayLog log(ReplayLog.Stretch stretch, long runBytes, Path... given)
      throws IOException {
    History history = new History(Map.of("pays", List.of(given)), NOON, NOON, NOON);
    ReplaySource from =
        new ReplaySource(
            plan, history, StreamTopics.of("", plan), folder.resolve("runs"), runBytes);
    return ReplayLog.read(from, stretch, leftOut);
  }

  private static List<ReplayEvent> events(ReplayLog log) {
    List<ReplayEvent> events = new ArrayList<>();
    try (ReplayCursor cursor = log.open()) {
      for (ReplayEvent e = cursor.peek(); e != null; e = cursor.peek()) {
        events.add(e);
        cursor.advance();
      }
    }
    return events;
  }

  private static List<String> keys(List<ReplayEvent> events) {
    return events.stream().map(e -> new String(e.key(), StandardCharsets.UTF_8)).toList();
  }

  private static Archived archived(
      String id, Instant at, Instant stamp, int partition, long offset) {
    return new Archived(id, "c", 1.5, at, "n", 0.1f, 7, stamp, partition, offset);
  }

  @Test
  void anArchivesOwnColumnsSayTimeOrderAndPartition() throws IOException {
    Instant second = NOON.plusSeconds(1);
    Path file =
        file(
            "a.parquet",
            Archived.class,
            archived("later", NOON, second.plusMillis(5), 0, 9),
            archived("tie-b", NOON, second, 1, 3),
            archived("tie-a", NOON, second, 0, 8),
            archived("tie-c", NOON, second, 1, 4),
            new Archived("plain", "c", 1.0, NOON.plusSeconds(9), null, 1, 1, null, null, null));
    ReplayLog log = log(1 << 20, file);
    List<ReplayEvent> events = events(log);
    assertEquals(List.of("tie-a", "tie-b", "tie-c", "later", "plain"), keys(events));
    assertEquals(List.of(0, 1, 1, 0, -1), events.stream().map(ReplayEvent::partition).toList());
    assertEquals(second.toEpochMilli(), events.get(0).recordMillis());
    assertEquals(NOON.plusSeconds(9).toEpochMilli(), events.get(4).recordMillis());
    assertEquals(2, log.partitions("pays"));
    assertEquals(5, log.count());
    assertEquals(5, log.countBefore());
  }

  /** C5: a topic's records are stamped within 1990 to 2100; batch needs no such stamp. */
  @Test
  void whatNoRecordTimestampCanSayIsLeftOut() throws IOException {
    Instant early = Instant.parse("1969-07-20T20:17:00Z");
    Path file =
        file(
            "a.parquet",
            Archived.class,
            new Archived("early", "c", 1.0, early, null, 1, 1, null, null, null),
            new Archived("first", "c", 1.0, NOON, null, 1, 1, null, null, null));
    ReplayLog log =
        log(new ReplayLog.Stretch(Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE), 1 << 20, file);
    assertEquals(List.of("first"), keys(events(log)));
    assertEquals(1, leftOut.count());
    assertTrue(
        leftOut
            .lines()
            .toString()
            .contains("available at 1969-07-20T20:17:00Z, which is no record"),
        leftOut.lines().toString());
  }

  @Test
  void aRowIsSentAsItsFileHasIt() throws IOException {
    Instant at = NOON.plusNanos(1_000);
    Path file =
        file(
            "a.parquet",
            Archived.class,
            new Archived("x", "c", Double.NaN, at, null, 0.1f, 3_000_000_000L, null, null, null));
    List<ReplayEvent> events = events(log(1 << 20, file));
    JsonNode json = new ObjectMapper().readTree(events.get(0).message());
    assertEquals("2001-02-03T12:00:00.000001Z", json.get("at").textValue());
    assertEquals("NaN", json.get("amount").textValue());
    assertTrue(json.get("note").isNull());
    assertEquals(0.1f, Float.parseFloat(json.get("weight").asText()));
    assertTrue(!json.has("count"), "no int holds it, and nothing needs it: " + json);
    assertEquals(0, leftOut.count());
  }

  @Test
  void rowsThatCannotBeUsedAreNamedAndTheOthersSent() throws IOException {
    Path file =
        file(
            "a.parquet",
            Archived.class,
            archived("good", NOON, NOON, 0, 1),
            new Archived("no-amount", "c", null, NOON, "n", 1, 1, NOON, 0, 2L),
            new Archived("no-key", null, 1.0, NOON, "n", 1, 1, NOON, 0, 3L),
            archived("ahead", NOON.plusSeconds(900), NOON, 0, 4),
            archived("late", NOON.minusSeconds(200_000), NOON, 0, 5));
    Path rejected = folder.resolve("rejected");
    try (LeftOut into = new LeftOut(rejected)) {
      History history = new History(Map.of("pays", List.of(file)), NOON, NOON, NOON);
      ReplayLog log =
          ReplayLog.read(
              new ReplaySource(
                  plan, history, StreamTopics.of("", plan), folder.resolve("runs"), 1 << 20),
              new ReplayLog.Stretch(Micros.of(NOON), Long.MAX_VALUE, 0),
              into);
      assertEquals(List.of("good", "late"), keys(events(log)));
      assertEquals(3, into.count());
      String lines = String.join("\n", into.lines());
      assertTrue(lines.contains(file + ":1: [amount] is null or missing"), lines);
      assertTrue(lines.contains(file + ":2: "), lines);
      assertTrue(lines.contains(file + ":3: event time"), lines);
    }
    assertTrue(Files.size(rejected.resolve(LeftOut.FILE)) > 0);
  }

  @Test
  void foldersPatternsAndPartitionsAreFollowed() throws IOException {
    record NoCard(String id, double amount, Instant at) {}
    file("h/card=b/1.parquet", NoCard.class, new NoCard("b1", 1, NOON.plusSeconds(2)));
    file("h/card=a/1.parquet", NoCard.class, new NoCard("a1", 1, NOON.plusSeconds(1)));
    List<ReplayEvent> all = events(log(1 << 20, folder.resolve("h")));
    assertEquals(List.of("a1", "b1"), keys(all));
    assertEquals("b", new ObjectMapper().readTree(all.get(1).message()).get("card").textValue());
    assertEquals(List.of("b1"), keys(events(log(1 << 20, folder.resolve("h/card=b*")))));
  }

  @Test
  void whatDoesNotFitIntoMemoryGivesTheSameEvents() throws IOException {
    Random random = new Random(SEED);
    List<Pay> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      Instant at = NOON.plusMillis(random.nextInt(2_000));
      rows.add(new Pay("p" + i, "c" + i % 7, i, at, "x".repeat(random.nextInt(50)), 1, i));
    }
    Path file = file("a.parquet", Pay.class, rows);
    List<ReplayEvent> held = events(log(1L << 30, file));
    ReplayLog log = log(5_000, file);
    assertTrue(log.runsWritten() > 128, "merged in more than one step: " + log.runsWritten());
    for (int again = 0; again < 2; again++) {
      List<ReplayEvent> merged = events(log);
      assertEquals(keys(held), keys(merged), "seed " + SEED);
      for (int i = 0; i < held.size(); i++) {
        assertEquals(held.get(i).place(), merged.get(i).place());
        assertEquals(
            new String(held.get(i).message(), StandardCharsets.UTF_8),
            new String(merged.get(i).message(), StandardCharsets.UTF_8));
        assertEquals(held.get(i).recordMillis(), merged.get(i).recordMillis());
      }
    }
  }
}
