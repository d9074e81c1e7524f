package dev.lockstep.intake;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.WireException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * What a message looks like that is in no supported format, by its first bytes, and how its
 * producer comes to one. It shows no more of the message than four bytes that aren't text.
 *
 * @param what it looks like
 * @param cure what to change
 */
record Framing(String what, String cure) {
  private static final String UTF_8 = "write UTF-8 without a byte order mark";
  private static final String RECORD_A_MESSAGE = "write each record as a message of its own";
  private static final String PRODUCER_COMPRESSES =
      "send it as it is, and let the producer compress (compression.type)";
  private static final String AN_OBJECT = "write each event as one JSON object, {...}";

  static Framing of(byte[] message) {
    if (begins(message, 0xEF, 0xBB, 0xBF)) {
      return new Framing("text behind a byte order mark", UTF_8);
    }
    if (isUtf16(message)) {
      return new Framing("text in UTF-16", UTF_8);
    }
    if (begins(message, 'O', 'b', 'j', 1)) {
      return new Framing("an Avro container file", RECORD_A_MESSAGE);
    }
    if (begins(message, 'P', 'A', 'R', '1')) {
      return new Framing("a Parquet file", "give it as history, or " + RECORD_A_MESSAGE);
    }
    if (begins(message, 0x1F, 0x8B)) {
      return new Framing("gzip", PRODUCER_COMPRESSES);
    }
    if (begins(message, 0x28, 0xB5, 0x2F, 0xFD)) {
      return new Framing("Zstandard", PRODUCER_COMPRESSES);
    }
    if (begins(message, 'P', 'K', 3, 4)) {
      return new Framing("a zip file", PRODUCER_COMPRESSES);
    }
    if (message[0] == 0 && message.length > 5) {
      return new Framing(
          "one framed for a schema registry (0, then the schema id "
              + Integer.toUnsignedString(ByteBuffer.wrap(message).getInt(1))
              + ")",
          "write Avro in its single-object encoding (Avro's BinaryMessageEncoder), or JSON without"
              + " the frame");
    }
    return isText(message) ? text(message) : binary(message);
  }

  private static Framing text(byte[] message) {
    int at = 0;
    while (at < message.length && (message[at] & 0xFF) <= ' ') {
      at++;
    }
    if (at == message.length) {
      return new Framing("blank text", AN_OBJECT);
    }
    return switch (message[at]) {
      case '[' -> new Framing("a JSON array", RECORD_A_MESSAGE + ", one JSON object");
      case '<' -> new Framing("XML", AN_OBJECT);
      default -> new Framing("text that is no JSON object", AN_OBJECT);
    };
  }

  private static Framing binary(byte[] message) {
    String cure = "write JSON, or Avro in its single-object encoding (C3 01)";
    if (isProtobuf(message)) {
      return new Framing("Protocol Buffers", cure);
    }
    String start =
        HexFormat.ofDelimiter(" ")
            .withUpperCase()
            .formatHex(message, 0, Math.min(message.length, 4));
    return new Framing("binary data of another kind (it begins with " + start + ")", cure);
  }

  private static boolean begins(byte[] message, int... start) {
    if (message.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((message[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** By its mark, or because every other one of its first bytes is 0. */
  private static boolean isUtf16(byte[] message) {
    if (begins(message, 0xFE, 0xFF) || begins(message, 0xFF, 0xFE)) {
      return true;
    }
    return message.length >= 4
        && (message[0] == 0) == (message[2] == 0)
        && (message[1] == 0) == (message[3] == 0)
        && (message[0] == 0) != (message[1] == 0);
  }

  /**
   * Whether it begins as text does: no control characters among its first bytes but white space.
   */
  private static boolean isText(byte[] message) {
    for (int i = 0; i < Math.min(message.length, 16); i++) {
      int b = message[i] & 0xFF;
      if ((b < ' ' && b != '\t' && b != '\n' && b != '\r') || b == 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** Whether the whole of it is fields of a message by the rules of Protocol Buffers' encoding. */
  private static boolean isProtobuf(byte[] message) {
    try {
      ByteReader in = new ByteReader(message);
      while (in.remaining() > 0) {
        long tag = in.readVarint();
        if (tag >>> 3 == 0 || tag >>> 3 > 0x1FFF_FFFF) {
          return false;
        }
        switch ((int) (tag & 7)) {
          case 0 -> in.readVarint();
          case 1 -> in.skip(8);
          case 2 -> in.skip((int) Math.min(in.readVarint(), Integer.MAX_VALUE));
          case 5 -> in.skip(4);
          default -> {
            return false;
          }
        }
      }
      return true;
    } catch (WireException e) {
      return false;
    }
  }
}
