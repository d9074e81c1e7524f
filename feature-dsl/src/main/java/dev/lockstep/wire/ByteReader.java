package dev.lockstep.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ByteWriter} wrote; bytes that can't be that are a {@link WireException}. */
public final class ByteReader {
  private static final char REPLACEMENT = '\uFFFD';

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

  /** A byte that was read or passed over before. */
  int byteAt(int earlier) {
    return bytes[earlier];
  }

  public byte[] readBytes(int length) {
    need(length);
    byte[] read = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return read;
  }

  /** A non-negative number, in as few bytes as it needs. */
  public long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int b = readByte();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        if (b == 0 && shift > 0) {
          throw new WireException("a number of more bytes than it needs at " + position);
        }
        return value;
      }
    }
    int tenth = readByte();
    if (tenth != 1) {
      throw new WireException("a number runs past 64 bits, or needn't, at " + position);
    }
    return value | (long) tenth << 63;
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

  public int readFixed32() {
    need(4);
    int value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(position);
    position += 4;
    return value;
  }

  public String readString() {
    int from = position;
    String text = readText();
    if (text == null) {
      throw new WireException("text that is no UTF-8 at " + from);
    }
    return text;
  }

  /** The same as {@link #readString}, but null where the bytes are no UTF-8. */
  public @Nullable String readText() {
    int length = readLength();
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    // Where bytes are no UTF-8, this character stands instead: then two keys could become one.
    return text.indexOf(REPLACEMENT) < 0 || isUtf8Of(text, position - length) ? text : null;
  }

  private boolean isUtf8Of(String text, int from) {
    byte[] again = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(again, 0, again.length, bytes, from, position);
  }

  /** One byte that is 0 or 1. */
  public boolean readBoolean() {
    int value = readByte();
    if (value > 1) {
      throw new WireException("a boolean of " + value + " at " + (position - 1));
    }
    return value == 1;
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

  /**
   * Refuses bytes that stand behind what was read.
   *
   * @param what that is, for the message
   */
  public void requireEnd(String what) {
    if (remaining() > 0) {
      throw new WireException(remaining() + " bytes stand behind a " + what);
    }
  }

  private void need(int length) {
    if (length < 0 || length > end - position) {
      throw new WireException(length + " bytes wanted, " + (end - position) + " remain");
    }
  }
}
