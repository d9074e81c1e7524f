package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.batch.Backfill;
import dev.lockstep.beam.batch.BackfillOptions;
import dev.lockstep.beam.batch.LocalRunners;
import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.stream.TableSpace;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.replay.ReplayCursor;
import dev.lockstep.cli.replay.ReplayEvent;
import dev.lockstep.cli.replay.ReplayLog;
import dev.lockstep.cli.replay.ReplaySource;
import dev.lockstep.cli.replay.Replayer;
import dev.lockstep.cli.run.TxnDoors.StrictTxn;
import dev.lockstep.cli.run.TxnDoors.Txn;
import dev.lockstep.cli.run.TxnFiles.Row;
import dev.lockstep.cli.run.TxnFiles.Times;
import dev.lockstep.cli.tables.TableLoader;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.TableVersionsCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.project.History;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import dev.lockstep.serving.redis.RedisStore;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.StoreKey;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.Micros;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import dev.lockstep.wire.FeatureVectorCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One row means one thing on real parts (C17): batch, replay and stream on Kafka, Redis and Flink,
 * and the oracle give the same vectors and the same dead letters for the same reasons; and files
 * whose times are MILLIS, MICROS, NANOS or INT96 are one history (C1).
 *
 * <p>{@code -Ddoor.streamRows=300000} is the long mode, without the oracle.
 */
class StreamDoorsTest {
  private static final long SEED = Long.getLong("door.seed", 20_261_130L);
  private static final int ROWS = Integer.getInteger("door.streamRows", 240);
  private static final int MOST_FOR_ORACLE = 3_000;
  private static final Duration PATIENCE = Duration.ofSeconds(90 + ROWS / 300);

  @TempDir Path folder;

  private final FeaturePlan plan = FeaturePlan.of(TxnDoors.SET);
  private final StreamTopics topics = StreamTopics.of("", plan);
  private final List<Row> plain = TxnFiles.draw(ROWS, SEED);
  private final List<Row> strict = plain.stream().map(row -> row.later(1)).toList();

  @Test
  void batchStreamAndOracleGiveTheSame() throws Exception {
    System.out.println("doors on real parts, seed " + SEED + ", " + ROWS + " rows a source");
    Map<Times, Map<String, List<Path>>> histories = new TreeMap<>();
    for (Times times : Times.values()) {
      histories.put(times, files(times));
    }
    List<String> vectors = batch("millis", histories.get(Times.MILLIS));
    List<String> letters = TxnFiles.letters(rejected("millis"));
    assertEquals(expectedLetters(), letters);
    if (ROWS <= MOST_FOR_ORACLE) {
      assertEquals(oracle(), vectors);
      for (Times times : List.of(Times.MICROS, Times.NANOS, Times.INT96)) {
        assertEquals(vectors, batch(times.name(), histories.get(times)), times::name);
        assertEquals(letters, TxnFiles.letters(rejected(times.name())), times::name);
      }
    }
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"));
        LocalRedis redis = LocalRedis.start()) {
      List<List<Object>> tables = new ArrayList<>();
      for (Times times : Times.values()) {
        tables.add(loaded(redis, histories.get(times)));
      }
      assertEquals(1, Set.copyOf(tables).size(), "one table: " + tables);
      assertTrue(Set.copyOf(tables.get(0)).size() > 20, tables::toString);
      List<List<String>> messages = new ArrayList<>();
      for (Times times : Times.values()) {
        messages.add(replayed(histories.get(times), times.name(), letters));
      }
      assertEquals(1, Set.copyOf(messages).size(), "one replay");
      stream(kafka, redis, histories.get(Times.INT96), vectors, letters);
    }
  }

  private Map<String, List<Path>> files(Times times) throws Exception {
    Path of = Files.createDirectories(folder.resolve("history-" + times));
    return Map.of(
        "txns", List.of(TxnFiles.write(of.resolve("txns.parquet"), plain, times)),
        "strict_txns", List.of(TxnFiles.write(of.resolve("strict.parquet"), strict, times)),
        "limits", List.of(TxnFiles.writeLimits(of.resolve("limits.parquet"), times)));
  }

  private Path rejected(String out) {
    return folder.resolve(out).resolve("rejected").resolve("dead-letters.parquet");
  }

  private List<String> batch(String out, Map<String, List<Path>> files) throws Exception {
    Backfill.of(TxnDoors.SET, null, files, folder.resolve(out), BackfillOptions.all().shards(2))
        .run(LocalRunners.direct(1));
    List<String> rows = new ArrayList<>();
    TrainingSetReader.open(folder.resolve(out)).forEach(row -> rows.add(text(row.vector())));
    rows.sort(null);
    return rows;
  }

  private static String text(FeatureVector v) {
    return v.requestId() + " " + v.eventTimeMicros() + " " + v.availableAtMicros() + v.values();
  }

  private static String text(OracleVector v) {
    return v.request().id()
        + " "
        + v.request().eventTimeMicros()
        + " "
        + v.request().availableAtMicros()
        + v.values();
  }

  /** C17 by hand, as lines of {@link TxnFiles#letters}. */
  private List<String> expectedLetters() {
    List<String> letters = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String reason = reason(plain.get(i), false);
      if (reason != null) {
        letters.add("txns " + i + " " + reason);
      }
      reason = reason(strict.get(i), true);
      if (reason != null) {
        letters.add("strict_txns " + i + " " + reason);
      }
    }
    letters.sort(null);
    assertTrue(letters.size() > ROWS / 10, letters::toString);
    return letters;
  }

  private static @Nullable String reason(Row row, boolean strict) {
    if (row.amount() == null) {
      return "[amount] is null or missing, which a component of type double can't be";
    }
    if (strict && row.qty() == null) {
      return "[qty] is null or missing, which a component of type int can't be";
    }
    if (strict && row.qty() > Integer.MAX_VALUE) {
      return "[qty] is " + row.qty() + ", which a component of type int can't hold";
    }
    if (row.price() == null) {
      return "[price] is null or missing, which a component of type float can't be";
    }
    return strict && row.amount() < 0
        ? "StrictTxn can't be made of it: its constructor threw IllegalArgumentException: a"
            + " negative amount"
        : null;
  }

  private List<String> oracle() {
    List<RecordedEvent> events = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Row row = plain.get(i);
      if (reason(row, false) == null) {
        // Nobody reads the quantity.
        float price = row.price().floatValue();
        add(events, "txns", new Txn(row.id(), row.card(), row.amount(), 0, price, row.at()));
      }
      row = strict.get(i);
      if (reason(row, true) == null) {
        int qty = row.qty().intValue();
        float price = row.price().floatValue();
        add(
            events,
            "strict_txns",
            new StrictTxn(row.id(), row.card(), row.amount(), qty, price, row.at()));
      }
    }
    TxnFiles.limits().forEach(limit -> add(events, "limits", limit));
    NaiveOracle oracle = new NaiveOracle(plan);
    return oracle.vectors(oracle.admitted(events)).stream()
        .map(StreamDoorsTest::text)
        .sorted()
        .toList();
  }

  private void add(List<RecordedEvent> events, String source, Record record) {
    int index = plan.source(source).orElseThrow().index();
    events.add(new RecordedEvent(index, record, RecordedEvent.NO_RECORD_TIMESTAMP, 0));
  }

  /** What a store says of each card early and late, after a load of the table. */
  private List<Object> loaded(LocalRedis redis, Map<String, List<Path>> files) throws Exception {
    RedisStore store = new RedisStore(redis.uri());
    LeftOut leftOut = new LeftOut();
    new TableLoader(plan, history(files), store, leftOut).load(false);
    assertEquals(0, leftOut.count(), leftOut.lines().toString());
    LookupPlan lookup = plan.lookups().get(0);
    TableVersionsCodec codec = new TableVersionsCodec(plan.sources().get(lookup.source()));
    List<Object> answers = new ArrayList<>();
    for (TxnDoors.Limit limit : TxnFiles.limits()) {
      StoreKey key = new StoreKey(TableSpace.of("limits"), limit.card());
      byte[] cell;
      try (OnlineReader reader = store.openReader()) {
        cell = reader.read(List.of(key)).toCompletableFuture().join().get(0);
      }
      for (long after : List.of(-1L, 1L)) {
        long micros = Micros.of(limit.from().plusMillis(after));
        Values out = new Values(lookup.resultTypes());
        codec.answer(
            lookup, cell, new BranchRow(false, true, micros, micros, 0, null, null, 0), out);
        answers.add(String.valueOf(out.get(0)));
      }
    }
    return answers;
  }

  private static History history(Map<String, List<Path>> files) {
    Instant start = Instant.parse("2025-01-01T00:00:00Z");
    return new History(files, start, start, Instant.parse("2090-01-01T00:00:00Z"));
  }

  private ReplayLog log(Map<String, List<Path>> files, String name, LeftOut leftOut)
      throws Exception {
    return ReplayLog.read(
        new ReplaySource(plan, history(files), topics, folder.resolve("replay-" + name)),
        new ReplayLog.Stretch(Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE),
        leftOut);
  }

  /** The messages of a replay; what it leaves out must be batch's letters. */
  private List<String> replayed(Map<String, List<Path>> files, String name, List<String> letters)
      throws Exception {
    Path out = folder.resolve("left-out-" + name);
    List<String> messages = new ArrayList<>();
    try (LeftOut leftOut = new LeftOut(out);
        ReplayCursor events = log(files, name, leftOut).open()) {
      for (ReplayEvent e = events.peek(); e != null; e = events.peek()) {
        messages.add(e.topic() + new String(e.message(), StandardCharsets.UTF_8));
        events.advance();
      }
    }
    assertEquals(letters, TxnFiles.letters(out.resolve(LeftOut.FILE)), name);
    return messages;
  }

  private void stream(
      LocalKafka kafka,
      LocalRedis redis,
      Map<String, List<Path>> files,
      List<String> vectors,
      List<String> letters)
      throws Exception {
    StreamRun.makeTopics(TxnDoors.definition(), kafka.bootstrapServers(), 1, false);
    Topics broker = new Topics(kafka.bootstrapServers());
    ChildJvm.Start start =
        StreamProcess.start(
            TxnDoors.Stream.class,
            List.of(kafka.bootstrapServers(), redis.uri(), folder.resolve("flink").toString()));
    try (ChildJvm stream = ChildJvm.start(start, folder.resolve("logs"))) {
      stream.awaitReady(StreamProcess.PATIENCE);
      Map<String, String> bad = sendBad(broker);
      try (ReplayCursor events = log(files, "stream", new LeftOut()).open();
          Replayer replayer =
              new Replayer(
                  broker.clientSettings(),
                  broker.partitions(topics.inputs(plan)),
                  Set.of(),
                  InstantSource.system())) {
        long all = Long.MAX_VALUE;
        replayer.send(events, all, all, 0, sent -> {}, () -> false);
        replayer.end();
      }
      List<String> found = new ArrayList<>();
      for (var record :
          StreamProcess.read(
              broker.clientSettings(),
              topics.vectors(),
              r -> r.size() >= vectors.size(),
              PATIENCE)) {
        found.add(text(FeatureVectorCodec.fromBytes(record.value(), plan.featureTypes())));
      }
      found.sort(null);
      assertEquals(vectors, found);
      List<String> dead = new ArrayList<>();
      for (var record :
          StreamProcess.read(
              broker.clientSettings(),
              topics.deadLetters(),
              r -> r.size() >= letters.size(),
              PATIENCE)) {
        String message = new String(record.value(), StandardCharsets.UTF_8);
        dead.add(bad.get(message) + " " + StreamProcess.header(record, RecordHeaders.REASON));
      }
      dead.sort(null);
      assertEquals(letters, dead);
      stream.checkAlive();
    }
  }

  /**
   * Sends what a replay leaves out, as a producer would.
   *
   * @return by message, {@code SOURCE ROW}
   */
  private Map<String, String> sendBad(Topics broker) {
    Map<String, String> bad = new HashMap<>();
    try (var producer = StreamProcess.producer(broker.clientSettings())) {
      for (int i = 0; i < ROWS; i++) {
        send(producer, "txns", i, plain.get(i), false, bad);
        send(producer, "strict_txns", i, strict.get(i), true, bad);
      }
      producer.flush();
    }
    return bad;
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      int place,
      Row row,
      boolean isStrict,
      Map<String, String> bad) {
    if (reason(row, isStrict) != null) {
      bad.put(row.json(), topic + " " + place);
      // As early as the earliest: what is sent first moves no clock.
      long millis = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
      byte[] message = row.json().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, null, millis, null, message));
    }
  }
}
