package dev.lockstep.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The frame of one Avro message, Avro's single-object encoding.
 *
 * <pre>
 * C3 01             two bytes: marker and version
 * schema            8 bytes, least first: CRC-64-AVRO of the schema's parsing canonical form
 * record            Avro binary
 * </pre>
 *
 * <p>Source: Apache Avro 1.11 specification, "Single-object encoding" and "Schema Fingerprints".
 */
final class AvroFrame {
  private static final int MARKER = 0xC3;
  private static final int VERSION = 0x01;
  private static final int HEADER_BYTES = 10;

  /** The fingerprint of no bytes, which is also the polynomial. */
  private static final long EMPTY = 0xC15D213AA4D7A795L;

  private final String record;
  private final long schema;

  /**
   * The frame of a record.
   *
   * @param record its name, for errors
   * @param schema its schema in parsing canonical form
   */
  AvroFrame(String record, String schema) {
    this.record = record;
    this.schema = crc64(schema.getBytes(StandardCharsets.UTF_8));
  }

  /** CRC-64-AVRO, bit by bit: it runs once for each schema. */
  static long crc64(byte[] bytes) {
    long crc = EMPTY;
    for (byte b : bytes) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ (EMPTY & -(crc & 1));
      }
    }
    return crc;
  }

  /** A writer that stands behind the header. */
  ByteWriter open() {
    ByteWriter out = new ByteWriter(256);
    out.writeByte(MARKER);
    out.writeByte(VERSION);
    out.writeFixed64(schema);
    return out;
  }

  /** Whether a message's header names this schema; false for what is no message. */
  boolean isOf(byte[] message) {
    if (message.length < HEADER_BYTES) {
      return false;
    }
    ByteReader in = new ByteReader(message);
    return in.readByte() == MARKER && in.readByte() == VERSION && in.readFixed64() == schema;
  }

  /** A reader that stands behind the header. */
  ByteReader open(byte[] message) {
    ByteReader in = new ByteReader(message);
    if (message.length < HEADER_BYTES || in.readByte() != MARKER || in.readByte() != VERSION) {
      throw new WireException(
          "not a "
              + record
              + ": an Avro message starts with C3 01 and 8 bytes of schema fingerprint, this one is ["
              + start(message)
              + "], "
              + message.length
              + " bytes");
    }
    long found = in.readFixed64();
    if (found != schema) {
      throw new WireException(
          "not a "
              + record
              + ": the schema is "
              + hex(found)
              + " where "
              + hex(schema)
              + " is ours");
    }
    return in;
  }

  /** Refuses what stands behind the record. */
  void close(ByteReader in) {
    in.requireEnd(record);
  }

  static void writeMap(Map<String, String> map, ByteWriter out) {
    if (!map.isEmpty()) {
      out.writeSigned(map.size());
      map.forEach(
          (key, value) -> {
            out.writeString(key);
            out.writeString(value);
          });
    }
    out.writeSigned(0);
  }

  /** A map in the order of its bytes. */
  static Map<String, String> readMap(ByteReader in) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int count = readBlock(in, 2); count > 0; count = readBlock(in, 2)) {
      for (int i = 0; i < count; i++) {
        String key = in.readString();
        map.put(key, in.readString());
      }
    }
    return Collections.unmodifiableMap(map);
  }

  /**
   * The number of items in the next block of an Avro array or map; 0 ends it.
   *
   * @param bytesEach the fewest bytes that an item can have: a count beyond what remains is refused
   */
  static int readBlock(ByteReader in, int bytesEach) {
    long count = in.readSigned();
    if (count < 0) {
      // A negative count is followed by the block's size in bytes, for readers that skip.
      count = -count;
      in.readSigned();
    }
    if (count < 0 || count > in.remaining() / bytesEach) {
      throw new WireException("a block of " + count + " where " + in.remaining() + " bytes remain");
    }
    return (int) count;
  }

  private static String start(byte[] message) {
    return HexFormat.ofDelimiter(" ")
        .withUpperCase()
        .formatHex(message, 0, Math.min(message.length, HEADER_BYTES));
  }

  private static String hex(long fingerprint) {
    return HexFormat.of().formatHex(ByteBuffer.allocate(8).putLong(fingerprint).array());
  }
}
