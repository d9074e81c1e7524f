package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.parity.StoreParity;
import dev.lockstep.cli.bench.LiveShop;
import dev.lockstep.cli.bench.LiveShopProcess;
import dev.lockstep.cli.bench.StoreProof;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.define.Emission;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.servers.LocalKafka;
import dev.lockstep.servers.LocalRedis;
import dev.lockstep.value.FeatureVector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Redis that hangs, is emptied, is killed and comes back with nothing: the stream goes on, and
 * afterwards the store holds, key by key, what the kernel makes of the topics (C11).
 */
class RedisAwayIT {
  private static final long HANGS_MILLIS = 25_000;

  @TempDir static Path folder;

  private static LocalKafka kafka;
  private static Map<String, Object> client;
  private int paid;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(folder.resolve("kafka"));
    client = Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void vectorsDoNotWaitAndAllStatesComeBack() throws Exception {
    LiveShop shop = new LiveShop("_away", Emission.ON_ARRIVAL, Duration.ofMillis(50));
    LocalRedis redis = LocalRedis.start();
    Addresses servers = new Addresses(kafka.bootstrapServers(), redis.uri());
    StoreProof store = new StoreProof(shop.definition().plan(), servers);
    try (var producer = StreamProcess.producer(client)) {
      try (ChildJvm stream = started(shop, servers, "first")) {
        pay(producer, shop, 200);
        checkWhole(store, "at first");

        long process = store.redisProcess();
        StoreProof.signal("STOP", process);
        pay(producer, shop, 200); // waits for the vectors, while Redis answers nobody
        StoreProof.signal("CONT", process);
        checkWhole(store, "after it hung");

        store.flush();
        checkWhole(store, "after it was emptied");
        StreamProcess.awaitLogged(logs("first"), "all states are published again");

        redis.close();
        pay(producer, shop, 200);
        redis = LocalRedis.startAt(URI.create(servers.redis()).getPort());
        checkWhole(store, "after it was started with nothing");
        stream.checkAlive();
        assertFalse(StreamProcess.logged(logs("first")).contains("the job failed"));

        StreamProcess.awaitCheckpointOfNow(folder.resolve("shop"));
        pay(producer, shop, 50);
        store.flush();
        StoreProof.signal("KILL", stream.pid());
      }
      try (ChildJvm stream = started(shop, servers, "second")) {
        checkWhole(store, "after it was emptied and the stream killed");
        stream.checkAlive();
      }
    } finally {
      redis.close();
    }
  }

  /** Tables are in Redis: without it nothing can be answered, and nothing is lost. */
  @Test
  void whereTablesAreLookedUpTheStreamWaits() throws Exception {
    try (LocalRedis redis = LocalRedis.start()) {
      Addresses servers = new Addresses(kafka.bootstrapServers(), redis.uri());
      ChildJvm.Start start =
          StreamProcess.fraud(
              servers.kafka(), servers.redis(), folder, "--make-topics", "--no-warm-up");
      try (ChildJvm stream = ChildJvm.start(start, logs("fraud"))) {
        stream.awaitReady(StreamProcess.PATIENCE);
        try (LiveSwipes swipes = LiveSwipes.start(servers.kafka(), 20)) {
          swipes.awaitMore(40);
          long process =
              new StoreProof(FeaturePlan.of(FraudFeatures.FRAUD), servers).redisProcess();
          StoreProof.signal("STOP", process);
          Thread.sleep(HANGS_MILLIS);
          StoreProof.signal("CONT", process);
          swipes.awaitMore(20);
          Map<String, List<FeatureVector>> answered = swipes.answered();
          swipes.checkFirst(answered);
          assertEquals(0, LiveSwipes.repeats(answered), "repeats");
        }
        stream.checkAlive();
        assertFalse(StreamProcess.logged(logs("fraud")).contains("the job failed"));
      }
    }
  }

  private static void checkWhole(StoreProof store, String when) {
    StoreParity.Counts counts = store.await(StreamProcess.PATIENCE);
    assertEquals(counts.keys(), counts.identical(), when + ": " + counts);
    assertEquals(20, counts.keys(), when);
  }

  /** Sends payments of twenty cards and waits for their vectors. */
  private void pay(KafkaProducer<byte[], byte[]> producer, LiveShop shop, int payments) {
    for (int i = 0; i < payments; i++) {
      String card = "card" + paid % 20;
      String payment =
          "{\"id\":\"p%d\",\"card\":\"%s\",\"at\":\"%s\"}".formatted(paid, card, Instant.now());
      var unused =
          producer.send(new ProducerRecord<>(shop.payments(), bytes(card), bytes(payment)));
      paid++;
    }
    producer.flush();
    String vectors = StreamTopics.of("", shop.definition().plan()).vectors();
    StreamProcess.read(client, vectors, paid);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Path logs(String name) {
    return folder.resolve(name + "-logs");
  }

  private static ChildJvm started(LiveShop shop, Addresses servers, String name) throws Exception {
    ChildJvm.Start start =
        StreamProcess.start(
            LiveShopProcess.class,
            List.of(
                shop.suffix(),
                shop.emission().name(),
                Long.toString(shop.visibleWithin().toMillis()),
                servers.kafka(),
                servers.redis(),
                folder.resolve("shop").toString(),
                "2"));
    ChildJvm stream = ChildJvm.start(start, logs(name));
    stream.awaitReady(StreamProcess.PATIENCE);
    return stream;
  }
}
