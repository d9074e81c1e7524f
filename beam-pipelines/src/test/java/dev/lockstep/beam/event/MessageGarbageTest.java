package dev.lockstep.beam.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lockstep.define.RecordCode;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.value.Values;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever a topic holds is a row that can be used, or a data error with a reason (C13). */
class MessageGarbageTest {
  private static final long SEED = 20261122;
  private static final int INPUTS = 20_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** JSON's tree and Avro's machinery, and the exception; not a length that a message claims. */
  private static final long MOST_ALLOCATED = 16 << 20;

  @RecordCode(version = 1)
  record Reading(
      String id,
      int place,
      Long offset,
      double heat,
      Float wet,
      BigDecimal price,
      Boolean open,
      Instant at) {
    Reading {
      Objects.requireNonNull(id, "a reading has an id");
    }
  }

  private static final RecordSchema SCHEMA = RecordSchema.of(Reading.class);
  private static final String OTHER = NastyAvro.SCHEMA;
  private final MessageDoor door = MessageDoor.of(Reading.class, List.of(OTHER));

  @Test
  void everyMessageIsARowOrADataError() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<byte[]> examples = examples(random);
    int read = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] message = damaged(examples.get(random.nextInt(examples.size())), random);
      try {
        read += isRead(message) ? 1 : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "seed " + SEED + ", input " + i + ": " + HexFormat.of().formatHex(message), e);
      }
    }
    assertTrue(read > INPUTS / 20 && read < INPUTS, read + " were read, seed " + SEED);
  }

  /** Two billion characters in twenty bytes: refused before there is room made for them. */
  @Test
  void aLengthBeyondTheMessageIsRefused() {
    byte[] avro = new EventEncoder(SCHEMA, EventEncoder.Format.AVRO).encode(example());
    byte[] claim = {(byte) 0xEE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
    // Behind the header: that the id is there, and how long it is.
    byte[] message = java.util.Arrays.copyOf(avro, 11 + claim.length);
    System.arraycopy(claim, 0, message, 11, claim.length);
    assertEquals(
        "no Avro of dev.lockstep.beam.event.Reading:"
            + " a length of 2147483639 where 0 bytes remain",
        door.refused(message));
    assertFalse(isRead(message));
  }

  /** Beyond the microseconds that 64 bits count; the definition's columns are those. */
  @Test
  void anInstantOutOfRangeIsADataError() {
    assertRefused(
        "[at]: +999999999-01-01T00:00:00Z is beyond the instants that 64-bit microseconds hold",
        "{\"id\":\"a\",\"place\":1,\"heat\":2,\"at\":\"+999999999-01-01T00:00:00Z\"}");
  }

  @Test
  void whatTheRecordRefusesIsADataError() {
    assertRefused(
        "Reading can't be made of it: its constructor threw NullPointerException: a reading has an"
            + " id",
        "{\"place\":1,\"heat\":2}");
  }

  private void assertRefused(String message, String json) {
    assertEquals(message, door.refused(json));
  }

  private boolean isRead(byte[] message) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      Values unused = door.read(message);
      return true;
    } catch (DataException e) {
      assertFalse(e.getMessage().isBlank());
      assertTrue(e.getMessage().length() < 1_000, e.getMessage());
      return false;
    } finally {
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < MOST_ALLOCATED, "allocated " + allocated);
    }
  }

  private static Reading example() {
    return new Reading(
        "r-1",
        7,
        -1L,
        0.5,
        0.25f,
        new BigDecimal("-12.5"),
        true,
        Instant.ofEpochSecond(1_700_000_000));
  }

  private static List<byte[]> examples(SplittableRandom random) {
    EventEncoder avro = new EventEncoder(SCHEMA, EventEncoder.Format.AVRO);
    EventEncoder json = new EventEncoder(SCHEMA, EventEncoder.Format.JSON);
    List<byte[]> examples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Reading reading =
          i == 0
              ? example()
              : new Reading(
                  "ü" + i,
                  random.nextInt(),
                  random.nextBoolean() ? null : random.nextLong(),
                  random.nextDouble() * random.nextInt(),
                  random.nextBoolean() ? null : 0.5f,
                  random.nextBoolean() ? null : BigDecimal.valueOf(random.nextLong(), 6),
                  random.nextBoolean() ? null : random.nextBoolean(),
                  random.nextBoolean() ? null : Instant.ofEpochSecond(random.nextInt()));
      examples.add(avro.encode(reading));
      examples.add(json.encode(reading));
    }
    examples.add(NastyAvro.message());
    examples.add(NastyAvro.message());
    return examples;
  }

  /** The message with up to three bytes changed, put in, left out or cut off. */
  private static byte[] damaged(byte[] message, SplittableRandom random) {
    byte[] damaged = message;
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(damaged.length + 1);
      int behind = Math.min(damaged.length, at + random.nextInt(3));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(damaged, 0, at);
      switch (random.nextInt(5)) {
        case 0 -> behind = damaged.length;
        case 1 -> out.write(random.nextInt());
        case 2 -> out.writeBytes(new byte[] {-2, -1, -1, -1, 0x0F});
        case 3 ->
            out.writeBytes(
                "\"{}[]:,e9-+\\u".substring(random.nextInt(12)).getBytes(StandardCharsets.UTF_8));
        default -> out.write(9);
      }
      out.write(damaged, behind, damaged.length - behind);
      damaged = out.toByteArray();
    }
    return damaged;
  }
}
