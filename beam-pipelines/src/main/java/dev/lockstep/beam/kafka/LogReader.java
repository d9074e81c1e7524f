package dev.lockstep.beam.kafka;

import dev.lockstep.time.RecordTimes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what topics hold, from a beginning to an end, for whoever looks at them and lives in no
 * group: of transactions what was committed, and past their markers.
 */
public final class LogReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_RECORDS = 5_000;

  private final String bootstrapServers;
  private final Consumer<byte[], byte[]> consumer;

  /** A reader of a broker's topics, with the environment's credentials. */
  public LogReader(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    Map<String, Object> all = new HashMap<>(KafkaClients.withEnvironment(settings));
    all.remove(ConsumerConfig.GROUP_ID_CONFIG);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.consumer = new KafkaConsumer<>(all);
  }

  /** Takes records, in the order of their partition. */
  public interface Sink {
    void take(ConsumerRecord<byte[], byte[]> record);
  }

  /**
   * What a partition holds now, up to its first open transaction.
   *
   * @throws LogUnreadableException if the broker doesn't say
   */
  public LogRange now(String topic, int partition) {
    TopicPartition asked = new TopicPartition(topic, partition);
    try {
      Long first = consumer.beginningOffsets(List.of(asked)).get(asked);
      Long end = consumer.endOffsets(List.of(asked)).get(asked);
      if (first == null || end == null) {
        throw new LogUnreadableException(
            bootstrapServers, asked + " has no offsets", "look at the broker's log", null);
      }
      return new LogRange(topic, partition, first, end);
    } catch (KafkaException e) {
      throw refused(asked, e);
    }
  }

  /**
   * Reads a range whole.
   *
   * @throws LogUnreadableException if records are deleted meanwhile, or none come for a minute
   */
  public void read(LogRange range, Sink sink) {
    TopicPartition partition = range.topicPartition();
    consumer.assign(List.of(partition));
    consumer.seek(partition, range.first());
    try {
      long at = range.first();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (at < range.end()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
          if (record.offset() < range.end()) {
            sink.take(record);
          }
        }
        long now = consumer.position(partition, PATIENCE);
        if (now > at) {
          deadline = System.nanoTime() + PATIENCE.toNanos();
        } else if (System.nanoTime() > deadline) {
          throw new LogUnreadableException(
              bootstrapServers,
              "%s gives nothing from offset %d on, and ends at %d"
                  .formatted(partition, at, range.end()),
              "see whether its leader is there; then again",
              null);
        }
        at = now;
      }
    } catch (OffsetOutOfRangeException e) {
      throw new LogUnreadableException(
          bootstrapServers,
          "records of " + partition + " were deleted while they were read",
          "start again: what is left is judged",
          e);
    } catch (KafkaException e) {
      throw refused(partition, e);
    }
  }

  /**
   * The record timestamp of the first record of a range, in milliseconds; none for an empty one.
   */
  public OptionalLong firstTimestamp(LogRange range) {
    TopicPartition partition = range.topicPartition();
    consumer.assign(List.of(partition));
    consumer.seek(partition, range.first());
    try {
      for (long at = range.first(); at < range.end(); at = consumer.position(partition, PATIENCE)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
          if (record.offset() < range.end() && RecordTimes.canBeMeant(record.timestamp())) {
            return OptionalLong.of(record.timestamp());
          }
        }
      }
      return OptionalLong.empty();
    } catch (KafkaException e) {
      throw refused(partition, e);
    }
  }

  private LogUnreadableException refused(TopicPartition partition, KafkaException e) {
    return new LogUnreadableException(
        bootstrapServers,
        partition + " can't be read: " + e.getMessage(),
        "start the broker or correct its address; credentials and TLS go into the file that "
            + KafkaClients.CONFIG_VARIABLE
            + " names",
        e);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
