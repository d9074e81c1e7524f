package dev.lockstep.beam.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status topic of a feature set: the signs of those who are, or were, its stream. */
public final class ClaimLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimLog.class);
  private static final int PATIENCE_MILLIS = 5_000;
  private static final Duration POLL = Duration.ofMillis(100);

  private final TopicPartition partition;
  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> consumer;

  /**
   * A sign as it stands in the log.
   *
   * @param claim the offset of the claim that it belongs to
   * @param atMillis when it was appended, by the broker's clock
   */
  public record Seen(ClaimSign sign, long claim, long atMillis) {}

  /** Reads from an offset on, or from the oldest sign where that is gone. */
  public ClaimLog(String bootstrapServers, String topic, long from) {
    this.partition = new TopicPartition(topic, 0);
    Map<String, Object> sent = new HashMap<>();
    sent.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    sent.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    sent.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    sent.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * PATIENCE_MILLIS);
    this.producer =
        new KafkaProducer<>(
            KafkaClients.withEnvironment(sent),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    Map<String, Object> read = new HashMap<>();
    read.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    read.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    read.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(
            KafkaClients.withEnvironment(read),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
  }

  /** Hears when a sign was sent, stamped by the broker, and acknowledged, in milliseconds. */
  interface Stamped {
    void at(long sentMillis, long stampMillis, long acknowledgedMillis);
  }

  /**
   * Appends a sign, at some time: where it doesn't come through, the next one does.
   *
   * @param clock of this machine
   */
  void tell(ClaimSign sign, InstantSource clock, Stamped stamped) {
    long sent = clock.millis();
    var unused =
        producer.send(
            record(sign),
            (appended, e) -> {
              if (e == null) {
                stamped.at(sent, appended.timestamp(), clock.millis());
              }
            });
  }

  /**
   * Appends a sign.
   *
   * @return its offset
   * @throws KafkaException if it isn't there within seconds
   */
  public long append(ClaimSign sign) throws InterruptedException {
    try {
      return producer.send(record(sign)).get().offset();
    } catch (ExecutionException e) {
      throw new KafkaException("no sign can be written to " + partition.topic(), e.getCause());
    }
  }

  private ProducerRecord<byte[], byte[]> record(ClaimSign sign) {
    return new ProducerRecord<>(
        partition.topic(),
        partition.partition(),
        sign.start().getBytes(StandardCharsets.UTF_8),
        sign.toBytes());
  }

  /** All signs that are there now and weren't read yet. */
  public List<Seen> readToEnd() {
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    List<Seen> seen = new ArrayList<>();
    while (consumer.position(partition) < end) {
      seen.addAll(poll(POLL));
    }
    return seen;
  }

  /** The signs that come next, waiting for one so long at most. */
  public List<Seen> poll(Duration patience) {
    List<Seen> seen = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      try {
        ClaimSign sign = ClaimSign.fromBytes(record.value());
        long claim = sign.what() == ClaimSign.What.CLAIM ? record.offset() : sign.claim();
        seen.add(new Seen(sign, claim, record.timestamp()));
      } catch (IOException e) {
        LOG.warn("What is at {}@{} is no sign of a stream's", partition, record.offset());
      }
    }
    return seen;
  }

  @Override
  public void close() {
    consumer.close(Duration.ofMillis(PATIENCE_MILLIS));
    producer.close(Duration.ofMillis(PATIENCE_MILLIS));
  }
}
