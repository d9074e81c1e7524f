package dev.lockstep.cli.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Requests of a {@link LiveShop} by a producer with default settings, and their vectors. */
final class LiveRequests implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CARDS = 1_000;

  /**
   * From send to vector, in milliseconds.
   *
   * @param missing requests that got no vector
   */
  record Latency(int requests, double p50, double p99, double longest, int missing) {}

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Long> answered = new ConcurrentHashMap<>();
  private final Thread reader = new Thread(this::read, "vectors");
  private volatile boolean closed;
  private int sent;

  LiveRequests(Map<String, Object> client, String topic, String vectors) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    // Connected, as a service's that has run for a while.
    var unused = producer.partitionsFor(topic);
    Map<String, Object> reading = new HashMap<>(client);
    reading.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    this.consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(vectors).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    while (!closed) {
      for (ConsumerRecord<byte[], byte[]> vector : consumer.poll(Duration.ofMillis(20))) {
        answered.putIfAbsent(new String(vector.key(), StandardCharsets.UTF_8), System.nanoTime());
      }
    }
    consumer.close();
  }

  int sent() {
    return sent;
  }

  /** Milliseconds from the very first request to its vector. */
  double first() {
    return send(1, 1).longest();
  }

  /** Sends requests at a steady pace and waits for their vectors. */
  Latency send(int perSecond, int seconds) {
    int count = perSecond * seconds;
    int from = sent;
    long[] at = new long[count];
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + (long) (i * 1e9 / perSecond);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      at[i] = System.nanoTime();
      send(from + i);
    }
    sent += count;
    producer.flush();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (answered.size() < sent && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    return latency(from, at);
  }

  private void send(int number) {
    String card = "card" + number % CARDS;
    String payment =
        "{\"id\":\"p%d\",\"card\":\"%s\",\"at\":\"%s\"}"
            .formatted(number, card, InstantSource.system().instant());
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                card.getBytes(StandardCharsets.UTF_8),
                payment.getBytes(StandardCharsets.UTF_8)));
  }

  private Latency latency(int from, long[] at) {
    double[] millis = new double[at.length];
    int found = 0;
    for (int i = 0; i < at.length; i++) {
      Long answer = answered.get("p" + (from + i));
      if (answer != null) {
        millis[found++] = (answer - at[i]) / 1e6;
      }
    }
    double[] sorted = Arrays.copyOf(millis, found);
    Arrays.sort(sorted);
    return new Latency(
        at.length,
        quantile(sorted, 0.5),
        quantile(sorted, 0.99),
        quantile(sorted, 1),
        at.length - found);
  }

  private static double quantile(double[] sorted, double q) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(q * (sorted.length - 1))];
  }

  @Override
  public void close() {
    closed = true;
    producer.close();
  }
}
