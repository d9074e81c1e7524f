package dev.lockstep.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote; bytes that can't be that are a {@link WireException}. */
public final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  public ByteReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.end = to;
  }

  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  /** Passes over so many bytes. */
  public void skip(int length) {
    need(length);
    position += length;
  }

  public int readByte() {
    need(1);
    return bytes[position++] & 0xFF;
  }

  public byte[] readBytes(int length) {
    need(length);
    byte[] read = java.util.Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return read;
  }

  public long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = readByte();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new WireException("a number runs past ten bytes at " + position);
  }

  public long readSigned() {
    long value = readVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  public long readFixed64() {
    need(8);
    long value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(position);
    position += 8;
    return value;
  }

  public String readString() {
    int length = readLength();
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  public byte[] readBlob() {
    return readBytes(readLength());
  }

  private int readLength() {
    long length = readSigned();
    if (length < 0 || length > remaining()) {
      throw new WireException("a length of " + length + " where " + remaining() + " bytes remain");
    }
    return (int) length;
  }

  /** A count of items of at least {@code bytesEach} bytes: refused if they can't all be there. */
  public int readCount(int bytesEach) {
    long count = readVarint();
    if (count < 0 || count > (long) remaining() / Math.max(1, bytesEach)) {
      throw new WireException("a count of " + count + " where " + remaining() + " bytes remain");
    }
    return (int) count;
  }

  private void need(int length) {
    if (length < 0 || length > end - position) {
      throw new WireException(length + " bytes wanted, " + (end - position) + " remain");
    }
  }
}
