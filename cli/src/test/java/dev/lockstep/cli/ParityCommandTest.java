package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.project.Project;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import dev.lockstep.wire.FeatureVectorCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code parity} on real servers, of a project that is no example: a stream's vectors beside the
 * batch over its topics, and each thing that can be wrong with them.
 */
class ParityCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir static Path folder;

  private static LocalKafka kafka;
  private static LocalRedis redis;
  private static ParityServers servers;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(folder.resolve("kafka"));
    redis = LocalRedis.start();
    servers = new ParityServers(kafka.bootstrapServers(), folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    redis.close();
    kafka.close();
  }

  @Test
  void aLiveStreamIsIdenticalAndAWrongVectorIsNamed() throws Exception {
    Till till = new Till.Live();
    String vectors = till.name() + ".vectors";
    servers.run(till, "replay", "--tables-only", "--redis", redis.uri()).check(0);
    try (ChildJvm stream = streaming(till)) {
      try (var plain = servers.producer(Map.of());
          var transactional = servers.producer(Map.of("transactional.id", "till"))) {
        transactional.initTransactions();
        transactional.beginTransaction();
        ParityServers.send(transactional, till.payments(), payment("taken back", 0));
        transactional.abortTransaction();
        for (int i = 0; i < 60; i++) {
          ParityServers.send(plain, till.refunds(), payment("r" + i, i));
          ParityServers.send(plain, till.payments(), payment("p" + i, i));
        }
        transactional.beginTransaction();
        for (int i = 60; i < 200; i++) {
          ParityServers.send(transactional, till.payments(), payment("p" + i, i));
        }
        transactional.commitTransaction();
        ParityServers.send(plain, till.payments(), "{\"id\":\"bad\",\"card\":\"card1\"}");
        ParityServers.send(plain, till.payments(), payment("p7", 7)); // a copy
      }
      servers.read(vectors, 200);
      stream.checkAlive();
    }
    JsonNode live = servers.compare(0, till);
    assertEquals(200, live.at("/compared/vectors").asLong(), live::toString);
    assertEquals(200, live.at("/compared/identical").asLong(), live::toString);
    assertEquals(0, live.at("/apart/waiting").asLong(), live::toString);
    assertEquals(1, live.at("/inputs/0/copies").asLong(), live::toString);
    JsonNode dead = live.at("/inputs/0/dead_letters/0");
    assertEquals(1, dead.get("count").asLong(), live::toString);
    assertTrue(dead.get("name").asText().contains("[amount] is null"), dead::toString);

    List<ConsumerRecord<byte[], byte[]>> published = servers.read(vectors, 200);
    servers.deleteBefore(published, Long.MAX_VALUE);
    String changed = republish(till, published);
    JsonNode wrong = servers.compare(1, till);
    assertEquals(199, wrong.at("/compared/identical").asLong(), wrong::toString);
    assertEquals(1, wrong.at("/compared/differing").asLong(), wrong::toString);
    assertEquals(2, wrong.at("/apart/repeats").asLong(), wrong::toString);
    assertEquals(1, wrong.at("/apart/differing_repeats").asLong(), wrong::toString);
    assertEquals(1, wrong.at("/apart/other_definitions/0/count").asLong(), wrong::toString);
    assertEquals(1, wrong.at("/apart/unreadable").asLong(), wrong::toString);
    assertEquals(1, wrong.at("/compared/unasked").asLong(), wrong::toString);
    JsonNode difference = wrong.at("/differences/0");
    assertEquals(changed, difference.get("request").asText(), wrong::toString);
    assertTrue(difference.get("position").asText().startsWith(vectors + "-"), wrong::toString);
    JsonNode feature = difference.at("/features/0");
    assertEquals("paid_avg_1h", feature.get("name").asText(), wrong::toString);
    long bits = Long.parseUnsignedLong(feature.get("batch_bits").asText(), 16);
    assertEquals(bits ^ 1, Long.parseUnsignedLong(feature.get("stream_bits").asText(), 16));
    ParityServers.Run text = servers.parity(till);
    assertTrue(text.out().contains("request " + changed + " at " + vectors), text.out());
    assertTrue(text.out().contains("paid_avg_1h differs in 1"), text.out());
  }

  /** What retention took away the stream had known: those who ask for it can't be judged. */
  @Test
  void aReplayIsIdenticalAndWhatRetentionTookIsCountedApart() throws Exception {
    Till till = new Till.Replayed();
    try (ChildJvm stream = streaming(till, "--replay")) {
      servers
          .run(
              till,
              "replay",
              "--rate",
              "0",
              "--kafka",
              kafka.bootstrapServers(),
              "--redis",
              redis.uri())
          .check(0);
      servers.read(till.name() + ".vectors", Till.PAYMENTS);
      stream.checkAlive();
    }
    JsonNode whole = servers.compare(0, till, "--replay");
    assertEquals(Till.PAYMENTS, whole.at("/compared/identical").asLong(), whole::toString);
    assertEquals(0, whole.at("/inputs/0/dead_letters").size(), whole::toString);

    List<ConsumerRecord<byte[], byte[]>> refunds = servers.read(till.refunds(), Till.REFUNDS);
    servers.deleteBefore(refunds, Till.START.plus(Duration.ofHours(3)).toEpochMilli());
    JsonNode cut = servers.compare(0, till, "--replay");
    long apart = cut.at("/apart/before_log").asLong();
    assertEquals(Till.PAYMENTS - apart, cut.at("/compared/identical").asLong(), cut::toString);
    // 3 hours, and 2 of the window, 30 minutes for copies, 5 for the clock's skew: of 12
    long expected = Till.PAYMENTS * (5 * 60 + 35) / (12 * 60);
    assertTrue(apart >= expected && apart < expected + 20, cut::toString);
    assertTrue(cut.at("/notes/0").asText().contains("it holds all that happened from 2024"));
    JsonNode declared =
        servers.compare(1, till, "--replay", "--whole-from", "2024-03-01T00:00:00Z");
    assertTrue(declared.at("/compared/differing").asLong() > 0, declared::toString);
  }

  @Test
  void whatCannotBeComparedIsRefusedWithTheCure() throws Exception {
    Till till = new Till.Live();
    ParityServers.Run none = servers.run(till, "parity", "--kafka", "localhost:1");
    assertEquals(5, none.code(), none.err());
    assertTrue(none.err().contains("Kafka at localhost:1 can't be used"), none.err());
    ParityServers.Run given = servers.run(till, "parity");
    assertEquals(2, given.code(), given.err());
    assertTrue(given.err().contains("no Kafka is given to look at"), given.err());
  }

  /** Publishes all again: one bit changed in one, two repeats, and three that are none of them. */
  private static String republish(Till till, List<ConsumerRecord<byte[], byte[]>> published)
      throws Exception {
    FeaturePlan plan = FeaturePlan.of(till.featureSet());
    int place = plan.features().stream().map(f -> f.name()).toList().indexOf("paid_avg_1h");
    ConsumerRecord<byte[], byte[]> chosen = published.get(42);
    FeatureVector vector = FeatureVectorCodec.fromBytes(chosen.value(), plan.featureTypes());
    Values values = vector.values().copy();
    values.setBits(place, values.bits(place) ^ 1);
    try (var producer = servers.producer(Map.of())) {
      for (ConsumerRecord<byte[], byte[]> record : published) {
        byte[] value =
            record == chosen ? bytes(vector, vector.requestId(), values) : record.value();
        producer.send(new ProducerRecord<>(record.topic(), record.key(), value)).get();
      }
      ConsumerRecord<byte[], byte[]> other = published.get(0);
      producer.send(new ProducerRecord<>(other.topic(), chosen.key(), chosen.value())).get();
      producer.send(new ProducerRecord<>(other.topic(), other.key(), other.value())).get();
      for (byte[] value :
          List.of(
              bytes(vector, "nobody", values),
              bytes(with(vector, "f00"), "p1", values),
              "none".getBytes(StandardCharsets.UTF_8))) {
        producer.send(new ProducerRecord<>(other.topic(), other.key(), value)).get();
      }
    }
    return vector.requestId();
  }

  private static FeatureVector with(FeatureVector v, String fingerprint) {
    return new FeatureVector(
        v.featureSet(),
        fingerprint,
        v.requestId(),
        v.eventTimeMicros(),
        v.availableAtMicros(),
        v.entities(),
        v.values(),
        0,
        0);
  }

  private static byte[] bytes(FeatureVector v, String request, Values values) {
    return FeatureVectorCodec.toBytes(
        new FeatureVector(
            v.featureSet(),
            v.fingerprint(),
            request,
            v.eventTimeMicros(),
            v.availableAtMicros(),
            v.entities(),
            values,
            0,
            0));
  }

  private static ChildJvm streaming(Project project, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(servers.of(project, "stream"));
    arguments.addAll(
        List.of("--make-topics", "--kafka", kafka.bootstrapServers(), "--redis", redis.uri()));
    arguments.addAll(List.of(more));
    List<String> options = new ArrayList<>(List.of("-Xmx700m"));
    for (String opened : List.of("lang", "util", "lang.invoke", "nio")) {
      options.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    ChildJvm stream =
        ChildJvm.start(
            new ChildJvm.Start(
                "stream",
                System.getProperty("java.class.path"),
                options,
                Lockstep.class.getName(),
                arguments),
            folder.resolve(project.name() + "-logs"));
    stream.awaitReady(PATIENCE);
    return stream;
  }

  private static String payment(String id, int number) {
    return "{\"id\":\"%s\",\"card\":\"%s\",\"amount\":%s,\"at\":\"%s\"}"
        .formatted(id, Till.card(number), number / 7.0, Instant.now());
  }
}
