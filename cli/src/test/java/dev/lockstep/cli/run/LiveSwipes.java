package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.event.EventEncoder;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.examples.fraud.Swipe;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.wire.FeatureVectorCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Swipes of ten cards in turn, sent all the time as they happen, for a stream that is stopped,
 * killed and started meanwhile: each swipe of a card knows of one more than the one before.
 */
public final class LiveSwipes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int CARDS = 10;
  private static final int PARTITIONS = 2;

  private final Map<String, Object> client;
  private final FeaturePlan plan = FeaturePlan.of(FraudFeatures.FRAUD);
  private final AtomicLong sent = new AtomicLong();
  private final Thread sender;
  private final IntUnaryOperator partitionOf;
  private volatile boolean stopped;

  private LiveSwipes(String kafka, int aSecond, IntUnaryOperator partitionOf) {
    this.client = Map.of("bootstrap.servers", kafka);
    this.partitionOf = partitionOf;
    this.sender = new Thread(() -> send(1_000_000_000L / aSecond), "swipes");
  }

  /** Begins to send; the topic is there. */
  public static LiveSwipes start(String kafka, int aSecond) {
    return started(new LiveSwipes(kafka, aSecond, card -> card % PARTITIONS));
  }

  /**
   * The same, of which one partition has a tenth: read in turn, as after a restart, its swipes come
   * to a merchant before those that were there before them.
   */
  static LiveSwipes startUnevenly(String kafka, int aSecond) {
    return started(new LiveSwipes(kafka, aSecond, card -> card == 0 ? 1 : 0));
  }

  private static LiveSwipes started(LiveSwipes swipes) {
    swipes.sender.start();
    return swipes;
  }

  private void send(long pauseNanos) {
    EventEncoder json = new EventEncoder(RecordSchema.of(Swipe.class), EventEncoder.Format.JSON);
    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      while (!stopped) {
        long i = sent.get();
        Instant now = Instant.now();
        String card = "card" + i % CARDS;
        Swipe swipe = new Swipe("s" + i, i, card, "shop" + i % 3, 10, now, now);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    "swipes",
                    partitionOf.applyAsInt((int) (i % CARDS)),
                    card.getBytes(StandardCharsets.UTF_8),
                    json.encode(swipe)));
        sent.incrementAndGet();
        LockSupport.parkNanos(pauseNanos);
      }
    }
  }

  /** Waits until so many more were sent. */
  public void awaitMore(int swipes) {
    long wanted = sent.get() + swipes;
    await(wanted + " swipes", () -> sent.get() >= wanted);
  }

  static void await(String what, BooleanSupplier isSo) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isSo.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "no " + what);
      LockSupport.parkNanos(50_000_000L);
    }
  }

  /** Sends no more, and returns what was answered, once all of it is or patience is at its end. */
  public Map<String, List<FeatureVector>> answered() throws InterruptedException {
    stopped = true;
    sender.join();
    return answered(sent.get());
  }

  /** The vectors of each request in their order, once so many requests have one. */
  Map<String, List<FeatureVector>> answered(long requests) {
    Map<String, List<FeatureVector>> vectors = new TreeMap<>();
    String topic = StreamTopics.of("", plan).vectors();
    try (var consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      int quiet = 0; // a second more, for what would be too much
      while (quiet < 5 && System.nanoTime() < deadline) {
        quiet = vectors.size() < requests || !isAtEnd(consumer) ? 0 : quiet + 1;
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          FeatureVector vector = FeatureVectorCodec.fromBytes(record.value(), plan.featureTypes());
          vectors.computeIfAbsent(vector.requestId(), id -> new ArrayList<>()).add(vector);
        }
      }
    }
    return vectors;
  }

  private static boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** Checks that each swipe was answered, and first with what its card had done by then. */
  void checkFirst(Map<String, List<FeatureVector>> vectors) {
    assertEquals(sent.get(), vectors.size(), "requests with an answer");
    int swipes = plan.features().stream().map(f -> f.name()).toList().indexOf("card_swipes_24h");
    for (long i = 0; i < sent.get(); i++) {
      FeatureVector first = vectors.get("s" + i).get(0);
      assertEquals(i / CARDS + 1, first.values().getLong(swipes), "s" + i);
    }
  }

  /**
   * Checks that whatever came again of a request says the same of its card, whose swipes are in one
   * partition, in their order (C5).
   */
  void checkRepeatsOfACard(Map<String, List<FeatureVector>> vectors) {
    List<String> names = plan.features().stream().map(f -> f.name()).toList();
    vectors.forEach(
        (request, all) -> {
          for (FeatureVector repeat : all) {
            for (int i = 0; i < names.size(); i++) {
              if (names.get(i).startsWith("card_")) {
                assertEquals(
                    all.get(0).values().get(i), repeat.values().get(i), request + names.get(i));
              }
            }
          }
        });
  }

  /** How many of the vectors beside each request's first aren't as that. */
  static long differing(Map<String, List<FeatureVector>> vectors) {
    return vectors.values().stream()
        .mapToLong(all -> all.stream().filter(v -> !v.values().equals(all.get(0).values())).count())
        .sum();
  }

  /** How many vectors came beside each request's first. */
  static long repeats(Map<String, List<FeatureVector>> vectors) {
    return vectors.values().stream().mapToLong(v -> v.size() - 1).sum();
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    sender.join();
  }
}
