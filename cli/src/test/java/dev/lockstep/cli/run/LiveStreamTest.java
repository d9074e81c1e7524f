package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.bench.LiveShop;
import dev.lockstep.cli.bench.LiveShopProcess;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.define.Emission;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.project.History;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.wire.FeatureVectorCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stream on live topics, as a plain producer writes them: nobody writes clock records, some
 * partitions are quiet, new ones come to be, transactions are aborted, clocks are wrong (C5).
 */
class LiveStreamTest {
  @TempDir static Path folder;

  private static LocalKafka kafka;
  private static LocalRedis redis;
  private static Map<String, Object> client;

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

  /** A user's first try: requests on one topic, nothing on another; then the topic grows. */
  @Test
  void quietTopicsAreNotWaitedForAndNewPartitionsAreRead() throws Exception {
    LiveShop shop = shop("_quiet", Emission.ORDERED);
    try (Admin admin = Admin.create(client);
        ChildJvm stream = started(shop, "quiet");
        var producer = producer(Map.of())) {
      for (int i = 0; i < 100; i++) {
        pay(producer, shop, "p" + i, "card" + i % 5, null);
      }
      checkPaid(shop, 100, 5);
      assertEquals(Map.of(shop.payments(), 100L, shop.refunds(), 0L), counts(shop), "our records");
      admin.createPartitions(Map.of(shop.payments(), NewPartitions.increaseTo(5))).all().get();
      List<ConsumerRecord<byte[], byte[]>> vectors = StreamProcess.read(client, vectors(shop), 100);
      assertEquals(100, vectors.size());
      for (int i = 100; i < 150; i++) {
        pay(producer, shop, "p" + i, "card" + i % 5, 2 + i % 3);
      }
      checkPaid(shop, 150, 5);
      StreamProcess.awaitLogged(
          logs("quiet"), "150 records read, 150 vectors, 0 late, 0 dead letters");
      stream.checkAlive();
    }
  }

  /** A replay's events would all be of now in topics that stamp what is appended. */
  @Test
  void aReplayIntoLiveTopicsIsRefused() throws Exception {
    LiveShop shop = shop("_replayed", Emission.ON_ARRIVAL);
    Addresses servers = new Addresses(kafka.bootstrapServers(), redis.uri());
    new StreamRun(shop.definition(), servers, JobOptions.local(1, Duration.ZERO), folder)
        .check(true, Duration.ZERO, false);
    History none = new History(Map.of(), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
    ReplayRun replay = new ReplayRun(shop.definition(), none, servers, folder.resolve("replay"));
    CommandException refused = assertThrows(CommandException.class, replay::requireOwnTimes);
    assertTrue(
        String.valueOf(refused.getMessage()).contains("(LogAppendTime)"), refused.getMessage());
  }

  /**
   * What a transaction took back never was; what holds the others back is named while it is open.
   */
  @Test
  void abortedTransactionsAreNotCountedAndOpenOnesAreNamed() throws Exception {
    LiveShop shop = shop("_aborted", Emission.ORDERED);
    try (ChildJvm stream = started(shop, "aborted");
        var plain = producer(Map.of());
        var transactional = producer(Map.of("transactional.id", "till"))) {
      transactional.initTransactions();
      transactional.beginTransaction();
      for (int i = 0; i < 20; i++) {
        pay(transactional, shop, "taken back " + i, "card0", null);
      }
      transactional.flush();
      transactional.abortTransaction();
      transactional.beginTransaction();
      pay(transactional, shop, "p0", "card0", null);
      transactional.commitTransaction();
      pay(plain, shop, "p1", "card0", null);
      checkPaid(shop, 2, 1);
      transactional.beginTransaction();
      pay(transactional, shop, "p2", "card0", null);
      StreamProcess.awaitLogged(logs("aborted"), ", because an open transaction of producer ");
      StreamProcess.awaitLogged(logs("aborted"), "kafka-transactions.sh abort --topic");
      transactional.commitTransaction();
      checkPaid(shop, 3, 1);
      stream.checkAlive();
    }
  }

  /** No record can end the job, nor move the clock for others. */
  @Test
  void recordsWhoseStampsCannotBeMeantAreLetters() throws Exception {
    LiveShop shop = shop("_stamps", Emission.ORDERED);
    try (Admin admin = Admin.create(client)) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(shop.payments(), Optional.of(2), Optional.empty())
                      .configs(
                          Map.of(
                              "message.timestamp.type", "CreateTime",
                              "message.timestamp.after.max.ms", "9223372036854775807"))))
          .all()
          .get();
    }
    try (ChildJvm stream = started(shop, "stamps");
        var producer = producer(Map.of())) {
      long now = System.currentTimeMillis();
      stamped(producer, shop, "nanoseconds", now * 1_000_000);
      stamped(producer, shop, "microseconds", now * 1_000);
      stamped(producer, shop, "seconds", now / 1_000);
      ProducerRecord<byte[], byte[]> clock =
          new ProducerRecord<>(shop.payments(), 0, now, new byte[0], new byte[0]);
      clock.headers().add(RecordHeaders.CLOCK, RecordHeaders.number(now * 1_000));
      producer.send(clock).get();
      stamped(producer, shop, "a day ahead", now + 86_400_000);
      for (int i = 0; i < 10; i++) {
        pay(producer, shop, "p" + i, "card1", null);
      }
      checkPaid(shop, 10, 1);
      List<String> reasons = new ArrayList<>();
      String letters = StreamTopics.of("", shop.definition().plan()).deadLetters();
      for (ConsumerRecord<byte[], byte[]> letter : StreamProcess.read(client, letters, 4)) {
        reasons.add(StreamProcess.header(letter, RecordHeaders.REASON));
      }
      assertEquals(4, reasons.size(), reasons.toString());
      for (String why :
          List.of("it is in nanoseconds", "it is in microseconds", "it is in seconds", "a clock")) {
        assertTrue(reasons.stream().anyMatch(r -> r.contains(why)), why + " in " + reasons);
      }
      stream.checkAlive();
    }
  }

  /** The places in a topic mean nothing in another of its name. */
  @Test
  void aTopicThatIsMadeAnewEndsTheStreamWithTheCure() throws Exception {
    LiveShop shop = shop("_anew", Emission.ON_ARRIVAL);
    try (Admin admin = Admin.create(client);
        ChildJvm stream = started(shop, "anew");
        var producer = producer(Map.of())) {
      pay(producer, shop, "p0", "card0", null);
      StreamProcess.read(client, vectors(shop), 1);
      admin.deleteTopics(List.of(shop.payments())).all().get();
      admin
          .createTopics(List.of(new NewTopic(shop.payments(), Optional.of(2), Optional.empty())))
          .all()
          .get();
      StreamProcess.awaitLogged(
          logs("anew"), "topic " + shop.payments() + " was deleted and made anew");
      assertTrue(
          StreamProcess.logged(logs("anew")).contains("start in a new --work folder"),
          StreamProcess.logged(logs("anew")));
    }
  }

  private static LiveShop shop(String suffix, Emission emission) {
    return new LiveShop(suffix, emission, Duration.ofMillis(50));
  }

  private static Path logs(String name) {
    return folder.resolve(name + "-logs");
  }

  private static ChildJvm started(LiveShop shop, String name) throws Exception {
    ChildJvm.Start start =
        StreamProcess.start(
            LiveShopProcess.class,
            List.of(
                shop.suffix(),
                shop.emission().name(),
                Long.toString(shop.visibleWithin().toMillis()),
                kafka.bootstrapServers(),
                redis.uri(),
                folder.resolve(name).toString(),
                "2"));
    ChildJvm stream = ChildJvm.start(start, logs(name));
    stream.awaitReady(StreamProcess.PATIENCE);
    return stream;
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.putAll(more);
    return StreamProcess.producer(settings);
  }

  private static void pay(
      KafkaProducer<byte[], byte[]> producer, LiveShop shop, String id, String card, Integer to)
      throws Exception {
    var unused =
        producer.send(
            new ProducerRecord<>(
                shop.payments(), to, bytes(card), payment(id, card, Instant.now())));
    producer.flush();
  }

  private static void stamped(
      KafkaProducer<byte[], byte[]> producer, LiveShop shop, String id, long millis)
      throws Exception {
    producer
        .send(
            new ProducerRecord<>(
                shop.payments(), 0, millis, bytes("card0"), payment(id, "card0", Instant.now())))
        .get();
  }

  private static byte[] payment(String id, String card, Instant at) {
    return bytes("{\"id\":\"%s\",\"card\":\"%s\",\"at\":\"%s\"}".formatted(id, card, at));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Long> counts(LiveShop shop) {
    return new Topics(kafka.bootstrapServers())
        .recordCounts(List.of(shop.payments(), shop.refunds()));
  }

  private static String vectors(LiveShop shop) {
    return StreamTopics.of("", shop.definition().plan()).vectors();
  }

  /** Each payment of a card in turn knows of one more, and of no refund. */
  private static void checkPaid(LiveShop shop, int payments, int cards) {
    FeaturePlan plan = shop.definition().plan();
    Map<String, FeatureVector> byRequest = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record :
        StreamProcess.read(client, vectors(shop), payments)) {
      FeatureVector vector = FeatureVectorCodec.fromBytes(record.value(), plan.featureTypes());
      byRequest.put(vector.requestId(), vector);
    }
    assertEquals(payments, byRequest.size(), "vectors of " + payments + " requests");
    for (int i = 0; i < payments; i++) {
      FeatureVector vector = byRequest.get("p" + i);
      assertEquals(i / cards + 1, vector.values().getLong(0), "p" + i);
      assertEquals(0, vector.values().getLong(1), "p" + i);
    }
  }
}
