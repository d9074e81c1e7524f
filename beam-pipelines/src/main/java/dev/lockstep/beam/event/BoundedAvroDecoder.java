package dev.lockstep.beam.event;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.WireException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro's binary encoding, read from the bytes of one message: every length and count is held
 * against the bytes that remain, before room is made for it.
 *
 * <p>Avro's own decoder makes the room first: a message of twenty bytes that claims a text of two
 * billion ends the process. What can't be is a {@link WireException}, also text that is no UTF-8.
 */
final class BoundedAvroDecoder extends Decoder {
  private final ByteReader in;

  BoundedAvroDecoder(ByteReader in) {
    this.in = in;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() {
    return in.readBoolean();
  }

  @Override
  public int readInt() {
    long value = in.readSigned();
    if (value != (int) value) {
      throw new WireException("an int of " + value);
    }
    return (int) value;
  }

  @Override
  public long readLong() {
    return in.readSigned();
  }

  @Override
  public float readFloat() {
    return ByteBuffer.wrap(in.readBytes(Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getFloat();
  }

  @Override
  public double readDouble() {
    return Double.longBitsToDouble(in.readFixed64());
  }

  @Override
  public Utf8 readString(@Nullable Utf8 old) {
    return new Utf8(in.readString());
  }

  @Override
  public String readString() {
    return in.readString();
  }

  @Override
  public void skipString() {
    skipBytes();
  }

  @Override
  public ByteBuffer readBytes(@Nullable ByteBuffer old) {
    return ByteBuffer.wrap(in.readBlob());
  }

  @Override
  public void skipBytes() {
    in.skip(length(in.readSigned()));
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) {
    System.arraycopy(in.readBytes(length), 0, bytes, start, length);
  }

  @Override
  public void skipFixed(int length) {
    in.skip(length);
  }

  @Override
  public int readEnum() {
    return readInt();
  }

  @Override
  public long readArrayStart() {
    return readBlock();
  }

  @Override
  public long arrayNext() {
    return readBlock();
  }

  @Override
  public long skipArray() {
    return skipBlocks();
  }

  @Override
  public long readMapStart() {
    return readBlock();
  }

  @Override
  public long mapNext() {
    return readBlock();
  }

  @Override
  public long skipMap() {
    return skipBlocks();
  }

  @Override
  public int readIndex() {
    return readInt();
  }

  /** The number of items of the next block; 0 ends an array or map. */
  private int readBlock() {
    long count = in.readSigned();
    if (count < 0) {
      in.readSigned(); // the block's size in bytes, for those who skip
      count = -count;
    }
    return length(count);
  }

  /** Passes over the blocks that give their size: the number of items of the first that doesn't. */
  private int skipBlocks() {
    long count = in.readSigned();
    while (count < 0) {
      in.skip(length(in.readSigned()));
      count = in.readSigned();
    }
    return length(count);
  }

  private int length(long claimed) {
    if (claimed < 0 || claimed > in.remaining()) {
      throw new WireException(
          "a length of " + claimed + " where " + in.remaining() + " bytes remain");
    }
    return (int) claimed;
  }
}
