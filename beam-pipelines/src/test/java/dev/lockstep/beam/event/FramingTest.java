package dev.lockstep.beam.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.intake.MessageReader;
import dev.lockstep.kernel.DataException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** C13: a message in no supported format is refused with what it looks like and the cure. */
class FramingTest {
  record Sale(String id, Long amount) {}

  private static final String SUPPORTED =
      "; supported are Avro in its single-object encoding (C3 01), a JSON object: ";

  private final MessageDoor door = MessageDoor.of(Sale.class);

  private void looksLike(String what, String cure, byte[] message) {
    assertEquals("a message that looks like " + what + SUPPORTED + cure, door.refused(message));
  }

  private static byte[] hex(String bytes) {
    return HexFormat.ofDelimiter(" ").parseHex(bytes);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void schemaRegistries() {
    looksLike(
        "one framed for a schema registry (0, then the schema id 42)",
        "write Avro in its single-object encoding (Avro's BinaryMessageEncoder), or JSON without the"
            + " frame",
        hex("00 00 00 00 2a 02 04 61 62"));
    looksLike(
        "one framed for a schema registry (0, then the schema id 2147483650)",
        "write Avro in its single-object encoding (Avro's BinaryMessageEncoder), or JSON without the"
            + " frame",
        hex("00 80 00 00 02 7b 7d"));
  }

  @Test
  void files() throws Exception {
    looksLike(
        "an Avro container file",
        "write each record as a message of its own",
        hex("4f 62 6a 01 02 14"));
    looksLike(
        "a Parquet file",
        "give it as history, or write each record as a message of its own",
        text("PAR1\u0015"));
    looksLike(
        "a zip file",
        "send it as it is, and let the producer compress (compression.type)",
        text("PK\u0003\u0004"));
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text("{\"id\":\"a\"}"));
    }
    looksLike(
        "gzip",
        "send it as it is, and let the producer compress (compression.type)",
        zipped.toByteArray());
    looksLike(
        "Zstandard",
        "send it as it is, and let the producer compress (compression.type)",
        hex("28 b5 2f fd 04"));
  }

  @Test
  void textOfOtherKinds() {
    String utf8 = "write UTF-8 without a byte order mark";
    looksLike("text behind a byte order mark", utf8, text("\uFEFF{\"id\":\"a\"}"));
    for (var charset : java.util.List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16BE)) {
      looksLike("text in UTF-16", utf8, "{\"id\":\"a\"}".getBytes(charset));
    }
    looksLike("text in UTF-16", utf8, "{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_16LE));
    looksLike("text in UTF-16", utf8, " {\"id\":\"a\"}".getBytes(StandardCharsets.UTF_16LE));
    String object = "write each event as one JSON object, {...}";
    looksLike(
        "a JSON array",
        "write each record as a message of its own, one JSON object",
        text(" [{\"id\":\"a\"}]"));
    looksLike("XML", object, text("<sale id='a'/>"));
    looksLike("text that is no JSON object", object, text("a,12"));
    looksLike("text that is no JSON object", object, text("null"));
    looksLike("text that is no JSON object", object, text("\"{}\""));
    looksLike("blank text", object, text(" \n"));
  }

  @Test
  void otherBytes() {
    String cure = "write JSON, or Avro in its single-object encoding (C3 01)";
    looksLike("Protocol Buffers", cure, hex("0a 01 61 10 0c"));
    looksLike(
        "binary data of another kind (it begins with C3 02 00 00)", cure, hex("c3 02 00 00 00"));
    looksLike("binary data of another kind (it begins with 00)", cure, hex("00"));
  }

  @Test
  void sizes() {
    assertEquals("an empty message", door.refused(new byte[0]));
    assertEquals(
        "an empty message", assertThrows(DataException.class, () -> door.read(null)).getMessage());
    assertEquals(
        "a message of 1048577 bytes: at most 1048576 are read",
        door.refused(new byte[MessageReader.MAX_BYTES + 1]));
  }
}
