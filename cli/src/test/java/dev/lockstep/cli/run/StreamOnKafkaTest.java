package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.event.EventEncoder;
import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.Lockstep;
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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole stream on a real broker, Redis and Flink: good events become vectors and state, bad
 * ones dead letters with reason, position and bytes (C13), late ones late (C4); nothing is lost.
 */
class StreamOnKafkaTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
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
      stream.awaitReady(PATIENCE);
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      try (var producer = producer(client)) {
        send(producer);
      }
      Map<String, FeatureVector> vectors = new TreeMap<>();
      for (var record : read(client, topics.vectors(), r -> r.size() >= 4)) {
        FeatureVector vector = FeatureVectorCodec.fromBytes(record.value(), plan.featureTypes());
        assertEquals(null, vectors.put(vector.requestId(), vector), "a second vector");
      }
      checkVectors(vectors);
      checkLetters(read(client, topics.deadLetters(), r -> r.size() >= bad.size()));
      List<ConsumerRecord<byte[], byte[]>> late = read(client, topics.late(), r -> !r.isEmpty());
      assertEquals(1, late.size());
      assertTrue(new String(late.get(0).value(), StandardCharsets.UTF_8).contains("\"late\""));
      checkStore(redis.uri());
      stream.checkAlive();
    }
  }

  /** C13: an infrastructure error ends the job, which comes again with all it knew. */
  @Test
  void aKilledStreamGoesOnWhereItWas() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"));
        LocalRedis redis = LocalRedis.start()) {
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      EventEncoder json = new EventEncoder(schema, EventEncoder.Format.JSON);
      try (ChildJvm stream = ChildJvm.start(stream(kafka, redis), folder.resolve("logs"))) {
        stream.awaitReady(PATIENCE);
        try (var producer = producer(client)) {
          send(producer, 0, NOON, json.encode(swipe("a", 1, NOON, NOON)));
          clock(producer, NOON.plusMillis(1));
        }
        read(client, topics.vectors(), r -> !r.isEmpty());
        awaitCheckpointAfter(checkpoints());
        ProcessHandle.of(stream.pid()).orElseThrow().destroyForcibly();
      }
      try (ChildJvm again = ChildJvm.start(stream(kafka, redis), folder.resolve("again"))) {
        again.awaitReady(PATIENCE);
        Instant second = NOON.plusSeconds(60);
        try (var producer = producer(client)) {
          send(producer, 1, second, json.encode(swipe("b", 2, second, second)));
          clock(producer, second.plusMillis(1));
        }
        int swipes =
            plan.features().stream().map(f -> f.name()).toList().indexOf("card_swipes_10m");
        Map<String, Long> counts = new TreeMap<>();
        for (var record : read(client, topics.vectors(), r -> r.size() >= 2)) {
          FeatureVector vector = FeatureVectorCodec.fromBytes(record.value(), plan.featureTypes());
          counts.put(vector.requestId(), vector.values().getLong(swipes));
        }
        assertEquals(Map.of("a", 1L, "b", 2L), counts, "the second swipe knows of the first");
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client) {
    return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** The number of the newest checkpoint; Flink deletes others meanwhile. */
  private long checkpoints() {
    return names(folder.resolve("work/checkpoints"))
        .flatMap(job -> names(job))
        .map(f -> f.getFileName().toString())
        .filter(n -> n.matches("chk-[0-9]+"))
        .mapToLong(n -> Long.parseLong(n.substring(4)))
        .max()
        .orElse(0);
  }

  private static Stream<Path> names(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? Stream.of() : Stream.of(names).map(folder::resolve);
  }

  /** Two more: the first may have begun before the state was there. */
  private void awaitCheckpointAfter(long last) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (checkpoints() < last + 3) {
      assertTrue(System.nanoTime() < deadline, "no checkpoint after " + last);
      java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);
    }
  }

  private ChildJvm.Start stream(LocalKafka kafka, LocalRedis redis) {
    List<String> options = new ArrayList<>(List.of("-Xmx1g"));
    for (String opened : List.of("lang", "util", "lang.invoke", "nio")) {
      options.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    return new ChildJvm.Start(
        "stream",
        System.getProperty("java.class.path"),
        options,
        Lockstep.class.getName(),
        List.of(
            "stream",
            "fraud",
            "--make-topics",
            "--replay",
            "--kafka",
            kafka.bootstrapServers(),
            "--redis",
            redis.uri(),
            "--checkpoint-seconds",
            "1",
            "--work",
            folder.resolve("work").toString(),
            "--data",
            folder.resolve("data").toString()));
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
    clock(producer, second.plusMillis(1));
  }

  /** Says on every partition that nothing earlier comes. */
  private static void clock(KafkaProducer<byte[], byte[]> producer, Instant at) {
    long millis = at.toEpochMilli();
    for (int partition = 0; partition < 2; partition++) {
      var clock = new ProducerRecord<>(TOPIC, partition, millis, new byte[0], new byte[0]);
      clock.headers().add(RecordHeaders.CLOCK, RecordHeaders.number(millis));
      producer.send(clock);
    }
    producer.flush();
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

  private static List<ConsumerRecord<byte[], byte[]>> read(
      Map<String, Object> client,
      String topic,
      Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new org.apache.kafka.common.TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!enough.test(records) && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      consumer.poll(Duration.ofMillis(500)).forEach(records::add);
    }
    assertTrue(enough.test(records), topic + " has only " + records.size() + " records");
    return records;
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
    letters.forEach(l -> byPosition.put(header(l, RecordHeaders.POSITION), l));
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
      String reason = header(letter, RecordHeaders.REASON);
      assertTrue(reason.contains(reasons.get(i)), reason);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private void checkStore(String uri) throws Exception {
    ViewPlan view = plan.views().get(0);
    StoreKey key = new StoreKey(view.name(), "card");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
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
