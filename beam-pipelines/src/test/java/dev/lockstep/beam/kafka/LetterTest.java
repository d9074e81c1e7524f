package dev.lockstep.beam.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** C13: a letter has the record's key and value; one that is too large has their beginnings. */
class LetterTest {
  private static ProducerRecord<byte[], byte[]> letter(byte @Nullable [] value) {
    return Letter.of(
        "dead",
        new KafkaRecord<>(
            "sales", 3, 77L, 0L, KafkaTimestampType.CREATE_TIME, new RecordHeaders(), null, value),
        "why");
  }

  private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void usualOnesAreWhole() {
    var letter = letter(new byte[] {1, 2, 3});
    assertArrayEquals(new byte[] {1, 2, 3}, letter.value());
    assertArrayEquals(new byte[0], letter.key());
    assertEquals("why", header(letter, dev.lockstep.beam.kafka.RecordHeaders.REASON));
    assertEquals("sales-3@77", header(letter, dev.lockstep.beam.kafka.RecordHeaders.POSITION));
    assertNull(letter.headers().lastHeader(dev.lockstep.beam.kafka.RecordHeaders.LENGTH));
    assertArrayEquals(new byte[0], letter(null).value());
    assertEquals(Letter.MOST_BYTES, letter(new byte[Letter.MOST_BYTES]).value().length);
  }

  @Test
  void largeOnesSayWhatTheyWere() {
    byte[] large = new byte[Letter.MOST_BYTES + 1];
    Arrays.fill(large, (byte) 'a');
    var letter = letter(large);
    assertArrayEquals(Arrays.copyOf(large, 65_536), letter.value());
    assertEquals(
        1_000_001L,
        dev.lockstep.beam.kafka.RecordHeaders.number(
            letter.headers(), dev.lockstep.beam.kafka.RecordHeaders.LENGTH));
    // printf 'a%.0s' {1..1000001} | sha256sum
    assertEquals(SHA_256, header(letter, dev.lockstep.beam.kafka.RecordHeaders.CHECKSUM));
  }

  private static final String SHA_256 =
      "9710f0882e9694259bf237c37b53b170f63b30b2addce6d498107ab6e4f9c3a5";
}
