package dev.lockstep.serving.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The dead-letter topic of a topic: its records that can't be used, byte for byte, with the reason
 * and the place they came from, ready to be replayed (C13).
 *
 * <pre>
 * key, value, timestamp     the record's own, and its headers before these:
 * lockstep.reason           why, for people
 * lockstep.topic            where it stood; numbers in decimal
 * lockstep.partition
 * lockstep.offset
 * </pre>
 */
public final class DeadLetters {
  public static final String REASON = "lockstep.reason";
  public static final String TOPIC = "lockstep.topic";
  public static final String PARTITION = "lockstep.partition";
  public static final String OFFSET = "lockstep.offset";

  private DeadLetters() {}

  /** The name of a topic's dead-letter topic. */
  public static String topicOf(String topic) {
    return topic + ".dead-letter";
  }

  /** The record to send to the dead-letter topic. */
  public static ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> record, String reason) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            topicOf(record.topic()),
            null,
            record.timestamp() < 0 ? null : record.timestamp(),
            record.key(),
            record.value(),
            record.headers());
    header(letter, REASON, reason);
    header(letter, TOPIC, record.topic());
    header(letter, PARTITION, Integer.toString(record.partition()));
    header(letter, OFFSET, Long.toString(record.offset()));
    return letter;
  }

  private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
    letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
