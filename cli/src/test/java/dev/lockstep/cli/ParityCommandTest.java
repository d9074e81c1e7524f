package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.define.Project;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import dev.lockstep.wire.FeatureVectorCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code parity} on real servers, of a project that is no example: a stream's vectors beside the
 * batch over its topics, and each thing that can be wrong with them.
 */
class ParityCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir static Path folder;

  private static LocalKafka kafka;
  private static LocalRedis redis;
  private static Map<String, Object> client;

  private record Run(int code, String out, String err) {}

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(folder.resolve("kafka"));
    redis = LocalRedis.start();
    client = Map.of("bootstrap.servers", kafka.bootstrapServers());
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
    assertCode(0, run(till, "replay", "--tables-only", "--redis", redis.uri()));
    try (ChildJvm stream = streaming(till)) {
      try (var plain = producer(Map.of());
          var transactional = producer(Map.of("transactional.id", "till"))) {
        transactional.initTransactions();
        transactional.beginTransaction();
        send(transactional, till.payments(), payment("taken back", 0));
        transactional.abortTransaction();
        for (int i = 0; i < 60; i++) {
          send(plain, till.refunds(), payment("r" + i, i));
          send(plain, till.payments(), payment("p" + i, i));
        }
        transactional.beginTransaction();
        for (int i = 60; i < 200; i++) {
          send(transactional, till.payments(), payment("p" + i, i));
        }
        transactional.commitTransaction();
        send(plain, till.payments(), "{\"id\":\"bad\",\"card\":\"card1\"}");
        send(plain, till.payments(), payment("p7", 7)); // a copy
      }
      read(vectors, 200);
      stream.checkAlive();
    }
    JsonNode live = compare(0, till);
    assertEquals(200, live.at("/compared/vectors").asLong(), live::toString);
    assertEquals(200, live.at("/compared/identical").asLong(), live::toString);
    assertEquals(0, live.at("/apart/waiting").asLong(), live::toString);
    JsonNode dead = live.at("/inputs/0/dead_letters/0");
    assertEquals(1, dead.get("count").asLong(), live::toString);
    assertTrue(dead.get("name").asText().contains("[amount] is null"), dead::toString);

    List<ConsumerRecord<byte[], byte[]>> published = read(vectors, 200);
    deleteAll(published);
    String changed = republish(till, published);
    JsonNode wrong = compare(1, till);
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
    Run text = parity(till);
    assertTrue(text.out.contains("request " + changed + " at " + vectors), text.out);
    assertTrue(text.out.contains("paid_avg_1h differs in 1"), text.out);
  }

  /** What retention took away the stream had known: those who ask for it can't be judged. */
  @Test
  void aReplayIsIdenticalAndWhatRetentionTookIsCountedApart() throws Exception {
    Till till = new Till.Replayed();
    try (ChildJvm stream = streaming(till, "--replay")) {
      assertCode(
          0,
          run(
              till,
              "replay",
              "--rate",
              "0",
              "--kafka",
              kafka.bootstrapServers(),
              "--redis",
              redis.uri()));
      read(till.name() + ".vectors", Till.PAYMENTS);
      stream.checkAlive();
    }
    JsonNode whole = compare(0, till, "--replay");
    assertEquals(Till.PAYMENTS, whole.at("/compared/identical").asLong(), whole::toString);
    assertEquals(0, whole.at("/inputs/0/dead_letters").size(), whole::toString);

    List<ConsumerRecord<byte[], byte[]>> refunds = read(till.refunds(), Till.REFUNDS);
    deleteBefore(refunds, Till.START.plus(Duration.ofHours(3)).toEpochMilli());
    JsonNode cut = compare(0, till, "--replay");
    long apart = cut.at("/apart/before_log").asLong();
    assertEquals(Till.PAYMENTS - apart, cut.at("/compared/identical").asLong(), cut::toString);
    // 3 hours, and 2 of the window, 30 minutes for copies, 5 for the clock's skew: of 12
    long expected = Till.PAYMENTS * (5 * 60 + 35) / (12 * 60);
    assertTrue(apart >= expected && apart < expected + 20, cut::toString);
    assertTrue(cut.at("/notes/0").asText().contains("it holds all that happened from 2024"));
    JsonNode declared = compare(1, till, "--replay", "--whole-from", "2024-03-01T00:00:00Z");
    assertTrue(declared.at("/compared/differing").asLong() > 0, declared::toString);
  }

  @Test
  void whatCannotBeComparedIsRefusedWithTheCure() throws Exception {
    Till till = new Till.Live();
    Run none = run(till, "parity", "--kafka", "localhost:1");
    assertEquals(5, none.code, none.err);
    assertTrue(none.err.contains("Kafka at localhost:1 can't be used"), none.err);
    Run given = run(till, "parity");
    assertEquals(2, given.code, given.err);
    assertTrue(given.err.contains("no Kafka is given to look at"), given.err);
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
    try (var producer = producer(Map.of())) {
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

  private static void deleteAll(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
    deleteBefore(records, Long.MAX_VALUE);
  }

  /** Deletes, in each partition, what is before its first record of a time or later. */
  private static void deleteBefore(List<ConsumerRecord<byte[], byte[]>> records, long millis)
      throws Exception {
    Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.timestamp() < millis) {
        deleted.put(
            new TopicPartition(record.topic(), record.partition()),
            RecordsToDelete.beforeOffset(record.offset() + 1));
      }
    }
    try (Admin admin = Admin.create(client)) {
      admin.deleteRecords(deleted).all().get();
    }
  }

  private JsonNode compare(int code, Project project, String... more) throws Exception {
    Run run =
        parity(
            project,
            Stream.concat(Stream.of("--output", "json"), Stream.of(more)).toArray(String[]::new));
    assertCode(code, run);
    ResultsTest.assertValid("parity", run.out);
    return new JsonMapper().readTree(run.out);
  }

  private static Run parity(Project project, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--kafka", kafka.bootstrapServers()));
    arguments.addAll(List.of(more));
    return run(project, "parity", arguments.toArray(String[]::new));
  }

  private static Run run(Project project, String command, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>(of(project, command));
    arguments.addAll(List.of(more));
    int code = line.execute(arguments.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  private static List<String> of(Project project, String command) {
    return List.of(
        command,
        "--project-class",
        project.getClass().getName(),
        "--data",
        folder.resolve("data").toString());
  }

  private static void assertCode(int code, Run run) {
    assertEquals(code, run.code, () -> run.out + run.err);
  }

  private static ChildJvm streaming(Project project, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(of(project, "stream"));
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

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.putAll(more);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static String payment(String id, int number) {
    return "{\"id\":\"%s\",\"card\":\"%s\",\"amount\":%s,\"at\":\"%s\"}"
        .formatted(id, Till.card(number), number / 7.0, Instant.now());
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String message) {
    var unused =
        producer.send(new ProducerRecord<>(topic, message.getBytes(StandardCharsets.UTF_8)));
    producer.flush();
  }

  /** Records of a topic until so many keys have come, in the order of each partition. */
  private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int enough) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (records.size() < enough && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      assertFalse(records.size() < enough, () -> records.size() + " of " + enough);
    }
    return records;
  }
}
