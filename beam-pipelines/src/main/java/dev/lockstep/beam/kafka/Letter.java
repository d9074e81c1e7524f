package dev.lockstep.beam.kafka;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as a letter: its key and value, with the reason and its position as headers (C13).
 *
 * <p>One too large to be sent, since producers and brokers take a mebibyte by default, keeps the
 * beginnings of key and value; further headers say how long they were, and the value's SHA-256.
 */
final class Letter {
  /** Key and value of a letter that is sent whole: a mebibyte, less room for the rest of it. */
  static final int MOST_BYTES = 1_000_000;

  /** What is kept of a key or value that is too large, and then of one that is refused again. */
  static final List<Integer> BEGINNINGS = List.of(1 << 16, 1 << 12, 0);

  private Letter() {}

  static ProducerRecord<byte[], byte[]> of(
      String topic, KafkaRecord<byte[], byte[]> record, String reason) {
    String position = record.getTopic() + "-" + record.getPartition() + "@" + record.getOffset();
    return of(topic, record.getKV(), reason, position);
  }

  /**
   * A letter of any key and value.
   *
   * @param message key and value; null stands for nothing
   */
  static ProducerRecord<byte[], byte[]> of(
      String topic, KV<byte[], byte[]> message, String reason, String position) {
    // The runner's coders know no null: an absent value is told apart by its reason.
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, orEmpty(message.getKey()), orEmpty(message.getValue()));
    letter.headers().add(RecordHeaders.REASON, reason.getBytes(StandardCharsets.UTF_8));
    letter.headers().add(RecordHeaders.POSITION, position.getBytes(StandardCharsets.UTF_8));
    return length(letter) <= MOST_BYTES ? letter : Objects.requireNonNull(shorter(letter));
  }

  /**
   * The same letter with less of its key and value, for a topic that refuses it; null where nothing
   * of them is left.
   */
  static @Nullable ProducerRecord<byte[], byte[]> shorter(ProducerRecord<byte[], byte[]> letter) {
    int longest = Math.max(letter.key().length, letter.value().length);
    for (int most : BEGINNINGS) {
      if (longest > most) {
        ProducerRecord<byte[], byte[]> shorter =
            new ProducerRecord<>(
                letter.topic(),
                null,
                beginning(letter.key(), most),
                beginning(letter.value(), most),
                letter.headers());
        if (shorter.headers().lastHeader(RecordHeaders.LENGTH) == null) {
          shorter.headers().add(RecordHeaders.LENGTH, RecordHeaders.number(length(letter)));
          shorter
              .headers()
              .add(RecordHeaders.CHECKSUM, sha256(letter.value()).getBytes(StandardCharsets.UTF_8));
        }
        return shorter;
      }
    }
    return null;
  }

  private static long length(ProducerRecord<byte[], byte[]> letter) {
    return (long) letter.key().length + letter.value().length;
  }

  private static byte[] orEmpty(byte @Nullable [] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }

  private static byte[] beginning(byte[] bytes, int most) {
    return bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
