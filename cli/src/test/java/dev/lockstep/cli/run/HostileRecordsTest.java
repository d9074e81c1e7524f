package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.event.EventEncoder;
import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.run.HostileRecords.Hostile;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.wire.FeatureVectorCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * C13: no record can end the job, or hold up those that are good. Ten thousand that can't be used
 * go through a stream on a real broker, Redis and Flink while good ones are answered: each is a
 * letter with its position and a bounded reason, and the job is never begun again.
 */
class HostileRecordsTest {
  private static final long SEED = Long.getLong("hostile.seed", 20_261_201L);
  private static final int RECORDS = Integer.getInteger("hostile.records", 10_000);
  private static final int GOOD_EACH = 20;
  private static final int CARDS = 7;

  /**
   * Records of a mebibyte of blanks that compression makes nothing of: the worst to read at once.
   */
  private static final int BLANKS = 600;

  private static final int QUIET_SECONDS = 60;
  private static final int MOST_REASON = 2_000;
  private static final int LARGEST = 16 << 20;
  private static final String ORDERS = "orders";

  @TempDir Path folder;

  private final FeaturePlan plan = FeaturePlan.of(HostileShop.SET);
  private final StreamTopics topics = StreamTopics.of("", plan);
  private final Map<Future<RecordMetadata>, Hostile> sent = new HashMap<>();
  private int good;

  /** A letter without its bytes, which all together are many. */
  private record Seen(String reason, long key, long value, boolean shortened) {}

  @Test
  void eachIsALetterAndGoodOnesAreAnswered() throws Exception {
    System.out.println("hostile records, seed " + SEED);
    Files.writeString(
        Files.createDirectories(folder.resolve("schemas")).resolve("chain.avsc"),
        HostileRecords.CHAIN);
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"));
        LocalRedis redis = LocalRedis.start()) {
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      makeTopics(client);
      ChildJvm.Start start =
          StreamProcess.start(
              HostileShop.Stream.class,
              List.of(
                  kafka.bootstrapServers(),
                  redis.uri(),
                  folder.resolve("work").toString(),
                  folder.resolve("schemas").toString()));
      Path logs = folder.resolve("logs");
      try (ChildJvm stream = ChildJvm.start(start, logs)) {
        stream.awaitReady(StreamProcess.PATIENCE);
        send(client);
        Map<String, Seen> dead = new TreeMap<>();
        Map<String, Seen> late = new TreeMap<>();
        awaitLetters(client, stream, logs);
        letters(client, topics.deadLetters(), dead);
        letters(client, topics.late(), late);
        checkLetters(dead, late);
        checkVectors(StreamProcess.read(client, topics.vectors(), good));
        stream.checkAlive();
        assertFalse(StreamProcess.logged(logs).contains("begins again"), () -> failures(logs));
      }
    }
  }

  /** What the log says of failures, without what Flink and Kafka say all the time. */
  private static String failures(Path logs) {
    try {
      return StreamProcess.logged(logs)
          .lines()
          .filter(line -> !line.contains(" INFO ") && !line.startsWith("\tat "))
          .map(line -> line.substring(0, Math.min(400, line.length())))
          .limit(60)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until there are as many letters as there should be, or no more come. */
  private void awaitLetters(Map<String, Object> client, ChildJvm stream, Path logs)
      throws Exception {
    long before = -1;
    long letters = 0;
    for (int quiet = 0; letters < RECORDS + BLANKS && quiet < QUIET_SECONDS; quiet++) {
      stream.checkAlive();
      assertFalse(
          StreamProcess.logged(logs).contains("begins again"),
          () -> "the job failed: " + failures(logs));
      letters = count(client, topics.deadLetters()) + count(client, topics.late());
      quiet = letters > before ? 0 : quiet;
      before = letters;
      Thread.sleep(1_000);
    }
  }

  private void makeTopics(Map<String, Object> client) throws Exception {
    Map<String, String> anything =
        Map.of(
            "message.timestamp.type", "CreateTime",
            "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE),
            "max.message.bytes", Integer.toString(LARGEST));
    try (Admin admin = Admin.create(client)) {
      List<NewTopic> made = new ArrayList<>();
      for (String input : topics.inputs(plan)) {
        made.add(new NewTopic(input, Optional.of(2), Optional.empty()).configs(anything));
      }
      // Refuses what others take: a letter's beginning must do.
      made.add(
          new NewTopic(topics.late(), Optional.of(1), Optional.empty())
              .configs(Map.of("max.message.bytes", "20000")));
      admin.createTopics(made).all().get();
    }
  }

  private void send(Map<String, Object> client) throws Exception {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("compression.type", "gzip");
    settings.put("max.request.size", LARGEST);
    settings.put("buffer.memory", 64L << 20);
    settings.put("batch.size", 1 << 20);
    settings.put("linger.ms", 5);
    Instant begin = Instant.now();
    Instant at = begin.truncatedTo(ChronoUnit.MILLIS);
    HostileRecords hostile = new HostileRecords(SEED, begin);
    EventEncoder json =
        new EventEncoder(RecordSchema.of(HostileShop.Order.class), EventEncoder.Format.JSON);
    try (KafkaProducer<byte[], byte[]> producer = StreamProcess.producer(settings)) {
      for (int i = 0; i < RECORDS; i++) {
        Hostile next = hostile.next();
        sent.put(producer.send(next.record()), next);
        if (i % GOOD_EACH == 0) {
          Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
          at = now.isAfter(at) ? now : at.plusMillis(1); // each knows of those before
          var order = new HostileShop.Order("good" + good, "card" + good % CARDS, "", 2.5, at, at);
          var record =
              new ProducerRecord<byte[], byte[]>(
                  ORDERS, null, at.toEpochMilli(), null, json.encode(order));
          record.headers().add(RecordHeaders.INGESTED_AT, new byte[] {-1, 2, 3, 4, 5, 6, 7, 8});
          var unused = producer.send(record);
          good++;
        }
      }
      byte[] blank = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < BLANKS; i++) {
        var record =
            new ProducerRecord<byte[], byte[]>(ORDERS, 0, begin.toEpochMilli(), null, blank);
        sent.put(producer.send(record), new Hostile(record, "looks like blank text", false));
      }
    }
  }

  private static long count(Map<String, Object> client, String topic) {
    try (var consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.endOffsets(partitions(consumer, topic)).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    }
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(p -> new TopicPartition(p.topic(), p.partition()))
        .toList();
  }

  private static void letters(Map<String, Object> client, String topic, Map<String, Seen> into) {
    try (var consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(200))) {
          Seen seen =
              new Seen(
                  StreamProcess.header(letter, RecordHeaders.REASON),
                  letter.key().length,
                  letter.value().length,
                  letter.headers().lastHeader(RecordHeaders.CHECKSUM) != null);
          Seen other = into.put(StreamProcess.header(letter, RecordHeaders.POSITION), seen);
          assertEquals(null, other, "a second letter");
        }
      }
    }
  }

  private void checkLetters(Map<String, Seen> dead, Map<String, Seen> late) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (var entry : sent.entrySet()) {
      Hostile hostile = entry.getValue();
      RecordMetadata at = entry.getKey().get();
      String position =
          hostile.request() != null
              ? "request " + hostile.request()
              : at.topic() + "-" + at.partition() + "@" + at.offset();
      Seen letter = (hostile.late() ? late : dead).remove(position);
      if (letter == null
          || !letter.reason.contains(hostile.reason())
          || letter.reason.length() > MOST_REASON
          || !letter.shortened
              && (letter.key != length(hostile.record().key())
                  || letter.value != length(hostile.record().value()))) {
        wrong.add(position + " should have [" + hostile.reason() + "], is " + letter);
      }
    }
    assertTrue(wrong.isEmpty(), () -> wrong.size() + " are wrong: " + String.join("\n", wrong));
    assertEquals(Map.of(), dead, "letters of none that was sent");
    assertEquals(Map.of(), late, "late ones of none that was sent");
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** Each good one knows of those of its card before it. */
  private void checkVectors(List<ConsumerRecord<byte[], byte[]>> records) {
    int orders = plan.features().stream().map(f -> f.name()).toList().indexOf("orders_1h");
    Map<String, Long> counts = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      FeatureVector vector = FeatureVectorCodec.fromBytes(record.value(), plan.featureTypes());
      counts.put(vector.requestId(), vector.values().getLong(orders));
    }
    for (int i = 0; i < good; i++) {
      assertEquals(i / CARDS + 1, counts.remove("good" + i), "good" + i);
    }
    assertTrue(counts.isEmpty(), () -> "vectors of hostile ones: " + counts.keySet());
    assertEquals(good, records.size());
  }
}
