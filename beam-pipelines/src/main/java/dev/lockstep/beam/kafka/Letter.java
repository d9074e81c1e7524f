package dev.lockstep.beam.kafka;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
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

  /** What is kept of a key or value that is too large. */
  static final int BEGINNING = 1 << 14;

  private Letter() {}

  static ProducerRecord<byte[], byte[]> of(
      String topic, KafkaRecord<byte[], byte[]> record, String reason) {
    // The runner's coders know no null: an absent value is told apart by its reason.
    byte[] key = orEmpty(record.getKV().getKey());
    byte[] value = orEmpty(record.getKV().getValue());
    long length = (long) key.length + value.length;
    boolean whole = length <= MOST_BYTES;
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, whole ? key : beginning(key), whole ? value : beginning(value));
    letter.headers().add(RecordHeaders.REASON, reason.getBytes(StandardCharsets.UTF_8));
    String position = record.getTopic() + "-" + record.getPartition() + "@" + record.getOffset();
    letter.headers().add(RecordHeaders.POSITION, position.getBytes(StandardCharsets.UTF_8));
    if (!whole) {
      letter.headers().add(RecordHeaders.LENGTH, RecordHeaders.number(length));
      letter.headers().add(RecordHeaders.CHECKSUM, sha256(value).getBytes(StandardCharsets.UTF_8));
    }
    return letter;
  }

  private static byte[] orEmpty(byte @Nullable [] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }

  private static byte[] beginning(byte[] bytes) {
    return bytes.length <= BEGINNING ? bytes : Arrays.copyOf(bytes, BEGINNING);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
