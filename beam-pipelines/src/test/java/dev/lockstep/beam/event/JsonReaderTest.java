package dev.lockstep.beam.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.FieldName;
import dev.lockstep.define.Sensitive;
import dev.lockstep.time.InstantReading;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** C1, C6, C13, C17: what a JSON object's fields are to a row, and why it is refused. */
class JsonReaderTest {
  record Reading(
      @Nullable String id,
      @Nullable Integer place,
      @Nullable Double heat,
      @Nullable Float wet,
      @Nullable BigDecimal price,
      @Nullable Boolean open,
      @Nullable Instant at) {}

  record Hidden(String id, @Sensitive Long secret) {}

  record Named(@FieldName("card-id") String card, long amount) {}

  private static final long SEED = 20261130;
  private final MessageDoor door = MessageDoor.of(Reading.class);

  private @Nullable Object read(String field, String json) {
    int column = door.schema.indexOf(field);
    return door.json("{\"" + field + "\":" + json + "}").get(column);
  }

  private String refused(String field, String json) {
    return door.refused("{\"" + field + "\":" + json + "}");
  }

  @Test
  void numbersByTheirValue() {
    assertEquals(7L, read("place", "7"));
    assertEquals(7L, read("place", "7.0"));
    assertEquals(700L, read("place", "7e2"));
    assertEquals(7L, read("place", "\"7\""));
    assertEquals(0.1, read("heat", "0.1"));
    assertEquals(9.007199254740992e15, read("heat", "9007199254740993"));
    assertEquals(1e30, read("heat", "1000000000000000000000000000000"));
    assertEquals((double) 0.1f, read("wet", "0.1"));
    // To the float at once: by way of a double it would be 1.
    assertEquals(1.00000011920928955, read("wet", "1.00000005960464477540"));
    assertEquals(new BigDecimal("12.5"), read("price", "12.50"));
    assertEquals(true, read("open", "true"));
    assertEquals(null, read("open", "null"));
  }

  /** By Java's own parsing, whatever the library does: also of texts near the middle of two. */
  @Test
  void numbersAreRoundedOnce() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 20_000; i++) {
      String text = number(random);
      for (String field : List.of("heat", "wet")) {
        double expected = field.equals("heat") ? Double.parseDouble(text) : Float.parseFloat(text);
        Object read = read(field, text);
        assertEquals(
            Double.isInfinite(expected) ? null : expected == 0 ? 0.0 : expected,
            read,
            () -> "seed " + SEED + ": " + text);
      }
    }
  }

  private static String number(SplittableRandom random) {
    double bits = Double.longBitsToDouble(random.nextLong());
    double value = Double.isFinite(bits) ? bits : 1.5;
    return switch (random.nextInt(5)) {
      case 0 -> Double.toString(value);
      case 1 -> Float.toString((float) (random.nextDouble() * 1e6));
      case 2 -> // half way between two doubles, to the last digit, or beside it
          new BigDecimal(random.nextDouble() * 1e9)
              .add(new BigDecimal(Math.ulp(random.nextDouble() * 1e9) / 2))
              .toPlainString();
      case 3 -> // half way between two floats
          new BigDecimal((float) random.nextDouble())
                  .add(new BigDecimal(Math.ulp((float) random.nextDouble()) / 2.0))
                  .toPlainString()
              + (random.nextBoolean() ? "" : "0000000000000000001");
      default ->
          (random.nextBoolean() ? "-" : "")
              + random.nextInt(10)
              + "."
              + Math.abs(random.nextLong())
              + Math.abs(random.nextLong())
              + "e"
              + (random.nextInt(700) - 350);
    };
  }

  @Test
  void whatIsNotFiniteIsNullAndCounted() {
    for (String number : List.of("NaN", "\"NaN\"", "Infinity", "-Infinity", "1e400", "\"1e400\"")) {
      assertEquals(null, read("heat", number));
      assertEquals(1, door.intake.takeNotFinite(), number);
    }
    // Jackson remembers a long number's text, and gave its value for the infinity behind it.
    assertEquals(null, door.json("{\"wet\":12345678901234567890,\"heat\":Infinity}").get(2));
    assertEquals(1, door.intake.takeNotFinite());
    assertEquals(null, read("wet", "1e39"));
    assertEquals(1, door.intake.takeNotFinite());
    assertEquals(
        "[place] is the number NaN where a value of type int is expected", refused("place", "NaN"));
  }

  @Test
  void instantsAsPeopleWriteThem() {
    Instant at = Instant.parse("2025-01-31T23:59:59Z");
    assertEquals(at, read("at", "\"2025-01-31T23:59:59Z\""));
    assertEquals(at, read("at", "1738367999000000"));
    assertEquals(
        "[at]: 1738367999000 is not within 1990 to 2100 in microseconds, but it is in milliseconds:"
            + " declare epochUnit(MILLIS) on the source, or write ISO 8601 text",
        refused("at", "1738367999000"));
    MessageDoor seconds =
        MessageDoor.of(
            Reading.class,
            new InstantReading(ChronoUnit.SECONDS, ZoneId.of("Europe/Berlin")),
            List.of());
    assertEquals(at.plusMillis(250), seconds.json("{\"at\":1738367999.25}").get(6));
    assertEquals(at, seconds.json("{\"at\":\"2025-02-01T00:59:59\"}").get(6));
  }

  @Test
  void faultsNameTheField() {
    assertEquals(
        "[place] is 3000000000, which a component of type int can't hold",
        refused("place", "3000000000"));
    assertEquals(
        "[place] is the number 7.5 where a value of type int is expected", refused("place", "7.5"));
    assertEquals(
        "[place] is an object where a value of type int is expected",
        refused("place", "{\"a\":[1]}"));
    assertEquals("[id] is an array where a value of type text is expected", refused("id", "[{}]"));
    assertEquals("[id] is the number 5 where a value of type text is expected", refused("id", "5"));
    assertEquals(
        "[heat] is the text \"much\" where a value of type double is expected",
        refused("heat", "\"much\""));
    assertEquals("[id] is there twice", refused("id", "\"a\",\"id\":\"a\""));
    assertEquals("[id] is there twice", refused("id", "5,\"id\":5"));
    assertEquals(
        "[place] is the number 1e99999999999999 where a value of type int is expected",
        refused("place", "1e99999999999999"));
    // Of several, that of the first component.
    assertEquals(
        "[place] is the boolean true where a value of type int is expected",
        door.refused("{\"heat\":\"much\",\"place\":true}"));
  }

  @Test
  void reasonsShowAtMost200CharactersAndNothingSensitive() {
    String reason = refused("heat", "\"" + "x".repeat(5_000) + "\"");
    assertTrue(reason.length() < 320, reason);
    MessageDoor hidden = MessageDoor.of(Hidden.class);
    assertEquals(
        "[secret] is a value that isn't shown where a value of type long is expected",
        hidden.refused("{\"id\":\"a\",\"secret\":\"4711x\"}"));
    assertEquals("no JSON at byte 23", hidden.refused("{\"id\":\"a\",\"secret\":4711x}"));
  }

  @Test
  void oneMessageIsOneDocument() {
    assertEquals(
        "a message with something behind its JSON object, which ends at byte 10: write each object"
            + " as a message of its own",
        door.refused("{\"id\":\"a\"}\n{\"id\":\"b\"}"));
    assertEquals(
        "a message with something behind its JSON object, which ends at byte 10: write each object"
            + " as a message of its own",
        door.refused("{\"id\":\"a\"}garbage}}"));
    assertEquals("a", door.json(" {\"id\":\"a\"}\r\n ").get(0));
    String half = door.refused("{\"id\":\"a\",");
    assertTrue(half.startsWith("no JSON at byte 10: Unexpected end-of-input"), half);
  }

  @Test
  void textIsUtf8WhereItIsRead() {
    byte[] latin1 = "{\"note\":\"caf\u00e9\",\"id\":\"a\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("a", door.read(latin1).get(0));
    assertEquals(
        "[id] has bytes that are no UTF-8",
        door.refused("{\"note\":1,\"id\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)));
    assertEquals("caf\u00e9 \ud83d\ude00", door.json("{\"id\":\"caf\u00e9 \ud83d\ude00\"}").get(0));
    assertEquals("\ud83d\ude00", door.json("{\"id\":\"\\ud83d\\ude00\"}").get(0));
    assertEquals(
        "[id] has half a surrogate pair, which is no text", door.refused("{\"id\":\"\\ud800\"}"));
    // A form of / that is too long, and a surrogate pair as two characters.
    for (byte[] bad : List.of(new byte[] {(byte) 0xC0, (byte) 0xAF}, surrogates())) {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      message.writeBytes("{\"id\":\"".getBytes(StandardCharsets.UTF_8));
      message.writeBytes(bad);
      message.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
      assertEquals("[id] has bytes that are no UTF-8", door.refused(message.toByteArray()));
    }
  }

  private static byte[] surrogates() {
    return new byte[] {
      (byte) 0xED, (byte) 0xA0, (byte) 0xBD, (byte) 0xED, (byte) 0xB8, (byte) 0x80
    };
  }

  @Test
  void limits() {
    String deep = door.refused("{\"id\":\"a\",\"x\":" + "[".repeat(20) + "]".repeat(20) + "}");
    assertTrue(
        deep.startsWith("a message beyond what is read: Document nesting depth (17) exceeds"),
        deep);
    String digits = door.refused("{\"id\":\"a\",\"x\":" + "9".repeat(1_001) + "}");
    assertTrue(
        digits.startsWith("a message beyond what is read: Number value length (1001) exceeds"),
        digits);
  }

  @Test
  void whatNothingReadsDoesNotMatter() {
    MessageDoor narrow = MessageDoor.needing(Reading.class, List.of("id", "heat"));
    assertEquals(
        "[a, 0.5]",
        narrow
            .json(
                "{\"place\":\"no\",\"id\":\"a\",\"at\":[{\"id\":\"b\"},2],\"heat\":0.5,\"open\":{}}")
            .toString());
  }

  @Test
  void namesAreThoseOfMessages() {
    MessageDoor named = MessageDoor.of(Named.class);
    assertEquals("[c, 3]", named.json("{\"card-id\":\"c\",\"amount\":3}").toString());
    assertEquals(
        "[amount] is null or missing, which a component of type long can't be",
        named.refused("{\"card-id\":\"c\"}"));
  }

  @Test
  void envelopesAreNamed() {
    String begin = "an envelope without any of the record's fields at its top, which looks like ";
    String change =
        "Debezium's change event: let the connector write the row alone"
            + " (transforms.NAME.type=io.debezium.transforms.ExtractNewRecordState)";
    assertEquals(
        begin + change,
        door.refused("{\"before\":null,\"after\":{\"id\":\"a\"},\"op\":\"c\",\"ts_ms\":1}"));
    assertEquals(
        begin + change,
        door.refused(
            "{\"schema\":{\"type\":\"struct\"},\"payload\":{\"after\":{\"id\":\"a\"},\"op\":\"c\"}}"));
    assertEquals(
        begin
            + "Kafka Connect's {\"schema\", \"payload\"}: set the converter's schemas.enable=false",
        door.refused("{\"schema\":{\"type\":\"struct\"},\"payload\":{\"id\":\"a\"}}"));
    assertEquals(
        begin + "a CloudEvent: send its data alone (the binary content mode)",
        door.refused("{\"specversion\":\"1.0\",\"data\":{\"id\":\"a\"}}"));
    assertEquals(
        begin + "{\"payload\"}: send what is in it alone",
        door.refused("{\"payload\":{\"id\":\"a\"}}"));
    // One field is enough, and no field is a row of nulls, where they can be null.
    assertEquals("a", door.json("{\"payload\":{},\"schema\":{},\"id\":\"a\"}").get(0));
    // The same message is a row to who needs another field, too.
    assertEquals(
        null,
        MessageDoor.needing(Reading.class, List.of("heat"))
            .json("{\"payload\":{},\"schema\":{},\"id\":\"a\"}")
            .get(0));
    assertEquals(null, door.json("{}").get(0));
  }
}
