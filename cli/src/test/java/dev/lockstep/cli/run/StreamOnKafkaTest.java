package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.event.EventEncoder;
import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.examples.fraud.Swipe;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import dev.lockstep.serving.redis.RedisStore;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.StoreKey;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.wire.FeatureVectorCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole stream on a real broker, Redis and Flink: good events become vectors and state, bad
 * ones dead letters with reason, position and bytes (C13), late ones late (C4); nothing is lost.
 */
class StreamOnKafkaTest {
  private static final Instant NOON = Instant.parse("2001-02-03T12:00:00Z");
  private static final String TOPIC = "swipes";

  @TempDir Path folder;

  private final FeaturePlan plan = FeaturePlan.of(FraudFeatures.FRAUD);
  private final StreamTopics topics = StreamTopics.of("", plan);
  private final RecordSchema schema = RecordSchema.of(Swipe.class);
  private final List<byte[]> bad = new ArrayList<>();

  @Test
  void goodBadAndLateEventsGoWhereTheyBelong() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"));
        LocalRedis redis = LocalRedis.start();
        ChildJvm stream = ChildJvm.start(stream(kafka, redis), folder.resolve("logs"))) {
      stream.awaitReady(StreamProcess.PATIENCE);
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      try (var producer = StreamProcess.producer(client)) {
        send(producer);
      }
      Map<String, FeatureVector> vectors = new TreeMap<>();
      for (var record : StreamProcess.read(client, topics.vectors(), 4)) {
        FeatureVector vector = FeatureVectorCodec.fromBytes(record.value(), plan.featureTypes());
        assertEquals(null, vectors.put(vector.requestId(), vector), "a second vector");
      }
      checkVectors(vectors);
      checkLetters(StreamProcess.read(client, topics.deadLetters(), bad.size()));
      List<ConsumerRecord<byte[], byte[]>> late = StreamProcess.read(client, topics.late(), 1);
      assertEquals(1, late.size());
      assertTrue(new String(late.get(0).value(), StandardCharsets.UTF_8).contains("\"late\""));
      checkStore(redis.uri());
      stream.checkAlive();
    }
  }

  /**
   * C13: an infrastructure error ends the job, which comes again with all it knew: here from
   * RocksDB, and on two subtasks instead of one.
   */
  @Test
  void aKilledStreamGoesOnWhereItWas() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"));
        LocalRedis redis = LocalRedis.start()) {
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      EventEncoder json = new EventEncoder(schema, EventEncoder.Format.JSON);
      try (ChildJvm stream =
          ChildJvm.start(stream(kafka, redis, "--state", "rocksdb"), folder.resolve("logs"))) {
        stream.awaitReady(StreamProcess.PATIENCE);
        try (var producer = StreamProcess.producer(client)) {
          send(producer, 0, NOON, json.encode(swipe("a", 1, NOON, NOON)));
          StreamProcess.clock(producer, TOPIC, 2, NOON.toEpochMilli() + 1);
        }
        StreamProcess.read(client, topics.vectors(), 1);
        StreamProcess.awaitCheckpointOfNow(folder.resolve("work"));
        ProcessHandle.of(stream.pid()).orElseThrow().destroyForcibly();
      }
      ChildJvm.Start onTwo = stream(kafka, redis, "--state", "rocksdb", "--parallelism", "2");
      try (ChildJvm again = ChildJvm.start(onTwo, folder.resolve("again"))) {
        again.awaitReady(StreamProcess.PATIENCE);
        Instant second = NOON.plusSeconds(60);
        try (var producer = StreamProcess.producer(client)) {
          send(producer, 1, second, json.encode(swipe("b", 2, second, second)));
          StreamProcess.clock(producer, TOPIC, 2, second.toEpochMilli() + 1);
        }
        int swipes =
            plan.features().stream().map(f -> f.name()).toList().indexOf("card_swipes_10m");
        Map<String, Long> counts = new TreeMap<>();
        for (var record : StreamProcess.read(client, topics.vectors(), 2)) {
          FeatureVector vector = FeatureVectorCodec.fromBytes(record.value(), plan.featureTypes());
          counts.put(vector.requestId(), vector.values().getLong(swipes));
        }
        assertEquals(Map.of("a", 1L, "b", 2L), counts, "the second swipe knows of the first");
      }
    }
  }

  /**
   * What Kafka deleted before it was read would be missing in windows: that is said, and the end.
   */
  @Test
  void recordsThatAreGoneEndTheStreamWithTheCure() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"));
        LocalRedis redis = LocalRedis.start()) {
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      EventEncoder json = new EventEncoder(schema, EventEncoder.Format.JSON);
      try (ChildJvm stream = ChildJvm.start(stream(kafka, redis), folder.resolve("logs"))) {
        stream.awaitReady(StreamProcess.PATIENCE);
        try (var producer = StreamProcess.producer(client)) {
          send(producer, 0, NOON, json.encode(swipe("a", 1, NOON, NOON)));
          StreamProcess.clock(producer, TOPIC, 2, NOON.toEpochMilli() + 1);
        }
        StreamProcess.read(client, topics.vectors(), 1);
        StreamProcess.awaitCheckpointOfNow(folder.resolve("work"));
        ProcessHandle.of(stream.pid()).orElseThrow().destroyForcibly();
      }
      try (var producer = StreamProcess.producer(client);
          Admin admin = Admin.create(client)) {
        for (int i = 0; i < 10; i++) {
          Instant at = NOON.plusSeconds(i);
          send(producer, 0, at, json.encode(swipe("b" + i, 2 + i, at, at)));
        }
        producer.flush();
        var gone = Map.of(new TopicPartition(TOPIC, 0), RecordsToDelete.beforeOffset(7));
        admin.deleteRecords(gone).all().get();
      }
      Path again = folder.resolve("again");
      try (ChildJvm stream = ChildJvm.start(stream(kafka, redis), again)) {
        StreamProcess.awaitLogged(again, "start with --skip-gaps");
        String said = StreamProcess.logged(again);
        String gap = "records 2 to 6 of " + TOPIC + "-0 were deleted before they were read";
        assertTrue(said.contains(gap), said);
      }
      Path skipping = folder.resolve("skipping");
      try (ChildJvm stream = ChildJvm.start(stream(kafka, redis, "--skip-gaps"), skipping)) {
        stream.awaitReady(StreamProcess.PATIENCE);
        try (var producer = StreamProcess.producer(client)) {
          StreamProcess.clock(producer, TOPIC, 2, NOON.plusSeconds(60).toEpochMilli());
        }
        StreamProcess.read(client, topics.vectors(), 1 + 5);
        String said = StreamProcess.logged(skipping);
        assertTrue(said.contains("Going on behind a gap, as --skip-gaps says"), said);
      }
    }
  }

  private ChildJvm.Start stream(LocalKafka kafka, LocalRedis redis, String... more) {
    List<String> options = new ArrayList<>(List.of("--make-topics", "--replay"));
    options.addAll(List.of(more));
    return StreamProcess.fraud(
        kafka.bootstrapServers(), redis.uri(), folder, options.toArray(String[]::new));
  }

  private static Swipe swipe(String id, long sequence, Instant at, Instant receivedAt) {
    return new Swipe(id, sequence, "card", "shop", 12.5, at, receivedAt);
  }

  private void send(KafkaProducer<byte[], byte[]> producer) {
    EventEncoder json = new EventEncoder(schema, EventEncoder.Format.JSON);
    EventEncoder avro = new EventEncoder(schema, EventEncoder.Format.AVRO);
    Instant second = NOON.plusSeconds(60);
    send(producer, 0, NOON, json.encode(swipe("a", 1, NOON, NOON)));
    send(producer, 1, NOON, avro.encode(swipe("b", 2, NOON, NOON)));
    bad(producer, "{\"id\":\"c\",");
    bad(producer, "{\"id\":\"d\",\"sequence\":3,\"card\":\"card\",\"amount\":\"much\"}");
    bad(producer, "[1,2]");
    bad(
        producer,
        text(json, "e")
            .replace("\"card\":\"card\"", "\"card\":null")
            .replace("\"merchant\":\"shop\"", "\"merchant\":null"));
    bad(producer, text(json, "f").replace("\"f\"", "null"));
    bad(producer, text(json, "g").replace("2001-02-03T12:00:00Z", "2001-02-03T12:07:00Z"));
    Instant sevenHours = NOON.minus(Duration.ofHours(7));
    send(producer, 0, NOON, json.encode(swipe("late", 9, sevenHours, NOON)));
    send(producer, 0, second, json.encode(swipe("h", 10, second, second)));
    send(producer, 1, second, json.encode(swipe("h", 10, second, second)));
    send(producer, 1, second, json.encode(swipe("i", 11, second, second)));
    StreamProcess.clock(producer, TOPIC, 2, second.toEpochMilli() + 1);
  }

  private static String text(EventEncoder json, String id) {
    return new String(json.encode(swipe(id, 5, NOON, NOON)), StandardCharsets.UTF_8);
  }

  private void bad(KafkaProducer<byte[], byte[]> producer, String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    bad.add(bytes);
    send(producer, 0, NOON, bytes);
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, int partition, Instant at, byte[] message) {
    producer.send(new ProducerRecord<>(TOPIC, partition, at.toEpochMilli(), null, message));
  }

  private void checkVectors(Map<String, FeatureVector> vectors) {
    assertEquals(List.of("a", "b", "h", "i"), List.copyOf(vectors.keySet()));
    int swipes = plan.features().stream().map(f -> f.name()).toList().indexOf("card_swipes_10m");
    List<Long> counts = vectors.values().stream().map(v -> v.values().getLong(swipes)).toList();
    assertEquals(List.of(1L, 2L, 3L, 4L), counts);
    vectors.values().forEach(v -> assertEquals(plan.fingerprint(), v.fingerprint()));
  }

  private void checkLetters(List<ConsumerRecord<byte[], byte[]>> letters) {
    assertEquals(bad.size(), letters.size());
    Map<String, ConsumerRecord<byte[], byte[]>> byPosition = new TreeMap<>();
    letters.forEach(l -> byPosition.put(StreamProcess.header(l, RecordHeaders.POSITION), l));
    List<String> reasons =
        List.of(
            "no JSON at byte",
            "[amount] is the text \"much\" where a value of type double is expected",
            "looks like a JSON array",
            "every key",
            "no id",
            "clock skew");
    for (int i = 0; i < bad.size(); i++) {
      var letter = byPosition.get(TOPIC + "-0@" + (i + 1));
      assertNotNull(letter, byPosition.keySet().toString());
      assertArrayEquals(bad.get(i), letter.value());
      String reason = StreamProcess.header(letter, RecordHeaders.REASON);
      assertTrue(reason.contains(reasons.get(i)), reason);
    }
  }

  private void checkStore(String uri) throws Exception {
    ViewPlan view = plan.views().get(0);
    StoreKey key = EntityStateCodec.cellOf(view, "card");
    long deadline = System.nanoTime() + StreamProcess.PATIENCE.toNanos();
    int held = 0;
    try (OnlineReader reader = new RedisStore(uri).openReader()) {
      while (held < 4 && System.nanoTime() < deadline) {
        byte[] state = reader.read(List.of(key)).toCompletableFuture().get().get(0);
        held = state == null ? 0 : new EntityStateCodec(view).fromBytes(state).size();
      }
    }
    assertEquals(4, held);
  }
}
