package dev.lockstep.beam.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a page while it is encoded: growing, little-endian, used again for the next. */
final class PageBytes {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1 << 12];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** The bytes so far are the first {@link #size}; good until the next write. */
  byte[] array() {
    return bytes;
  }

  /**
   * Makes room for more bytes.
   *
   * @throws IllegalArgumentException if one page would have 2 GiB
   */
  void ensure(long more) {
    long needed = size + more;
    if (needed <= bytes.length) {
      return;
    }
    if (needed > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a text of " + more + " bytes doesn't fit into a page of a Parquet file; shorten it");
    }
    int capacity = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length));
    bytes = Arrays.copyOf(bytes, capacity);
  }

  /** Takes bytes that were written into {@link #array} behind {@link #size}. */
  void advance(int written) {
    size += written;
  }

  void putByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void setByte(int at, int value) {
    bytes[at] = (byte) value;
  }

  void putInt(int value) {
    ensure(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
  }

  void setInt(int at, int value) {
    INTS.set(bytes, at, value);
  }

  int getInt(int at) {
    return (int) INTS.get(bytes, at);
  }

  void putBytes(byte[] from, int count) {
    ensure(count);
    System.arraycopy(from, 0, bytes, size, count);
    size += count;
  }

  /** Puts the low bytes of a value. */
  void putLow(long value, int count) {
    ensure(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += count;
  }

  /** Seven bits a byte, the lowest first. */
  void putVarint(int value) {
    int left = value;
    while ((left & ~0x7F) != 0) {
      putByte((left & 0x7F) | 0x80);
      left >>>= 7;
    }
    putByte(left);
  }

  void putLongs(long[] values, int count) {
    ensure((long) count * Long.BYTES);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(size)
        .asLongBuffer()
        .put(values, 0, count);
    size += count * Long.BYTES;
  }

  /** Puts a text as UTF-8, without its length. */
  void putText(String text) {
    int length = text.length();
    ensure(length);
    byte[] into = bytes;
    int at = size;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        putUtf8(text);
        return;
      }
      into[at + i] = (byte) c;
    }
    size += length;
  }

  private void putUtf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    putBytes(encoded, encoded.length);
  }
}
