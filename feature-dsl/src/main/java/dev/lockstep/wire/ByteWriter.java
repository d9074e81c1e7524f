package dev.lockstep.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array with the primitive forms that every format of ours is made of. */
public final class ByteWriter {
  private byte[] bytes;
  private int size;

  public ByteWriter() {
    this(64);
  }

  public ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  public void writeByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  public void writeBytes(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** Appends what this holds to another writer, without a copy in between. */
  public void copyTo(ByteWriter other) {
    other.ensure(size);
    System.arraycopy(bytes, 0, other.bytes, other.size, size);
    other.size += size;
  }

  /** A non-negative number, seven bits a byte, least first. */
  public void writeVarint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** A signed number, zigzag: also Avro's int and long. */
  public void writeSigned(long value) {
    writeVarint((value << 1) ^ (value >> 63));
  }

  /** Eight bytes, least first: also Avro's double, given its bits. */
  public void writeFixed64(long value) {
    ensure(8);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(size, value);
    size += 8;
  }

  /** Text as zigzag length and UTF-8: also Avro's string. */
  public void writeString(String text) {
    writeBlob(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes behind their zigzag length: also Avro's bytes. */
  public void writeBlob(byte[] blob) {
    writeSigned(blob.length);
    writeBytes(blob);
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
