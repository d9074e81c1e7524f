package dev.lockstep.beam.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** The bytes of a stream's places in checkpoints: those of today must be read for ever. */
class ReadMarkTest {
  private static final List<ReadMark.Place> PLACES =
      List.of(
          new ReadMark.Place(
              new TopicPartition("swipes", 7), new Uuid(1, 2), 300, 1_796_040_000_000L),
          new ReadMark.Place(new TopicPartition("refunds", 0), Uuid.ZERO_UUID, 0, -5));
  private static final String GOLDEN =
      "4601020c7377697065730701000000000000000200000000000000ac020082532ca20100000e726566756e6473000000000000000000000000000000000000fbffffffffffffff";

  private final ReadMark.MarkCoder coder = new ReadMark.MarkCoder();

  @Test
  void theBytesAreThoseOfTheFirstVersion() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    coder.encode(new ReadMark(PLACES, null), bytes);
    assertEquals(GOLDEN, HexFormat.of().formatHex(bytes.toByteArray()));
    assertEquals(PLACES, coder.decode(new ByteArrayInputStream(bytes.toByteArray())).places());
  }

  @Test
  void bytesOfALaterVersionAreRefusedWithTheCure() {
    byte[] later = HexFormat.of().parseHex(GOLDEN);
    later[1] = 2;
    IOException refused =
        assertThrows(IOException.class, () -> coder.decode(new ByteArrayInputStream(later)));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("start with the Lockstep that wrote it"),
        refused.getMessage());
  }

  /** A checkpoint holds the source itself, Java-serialised by the runner. */
  @Test
  void theSerialisedSlotIsThatOfTheFirstVersion() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(TopicSource.ofOptions().split(4, PipelineOptionsFactory.create()).get(3));
    }
    assertEquals(
        "rO0ABXNyACNkZXYubG9ja3N0ZXAuYmVhbS5rYWZrYS5Ub3BpY1NvdXJjZQAAAAAAAAABAgACSQAEc2xv"
            + "dEkABXNsb3RzeHIAJm9yZy5hcGFjaGUuYmVhbS5zZGsuaW8uVW5ib3VuZGVkU291cmNlsE4AqZsv7XcC"
            + "AAB4cgAdb3JnLmFwYWNoZS5iZWFtLnNkay5pby5Tb3VyY2UQi/oQWYzn0wIAAHhwAAAAAwAAAAg=",
        Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }
}
