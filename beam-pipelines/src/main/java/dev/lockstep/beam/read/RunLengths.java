package dev.lockstep.beam.read;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * Small unsigned integers in Parquet's hybrid of runs and bit packing: definition levels and the
 * ids of a dictionary. Parquet's own decoder hands out one at a time; this one whole runs.
 *
 * <pre>
 * run    := varint(count &lt;&lt; 1) value, in as many bytes as hold the width
 * packed := varint(groups &lt;&lt; 1 | 1) groups * 8 values of width bits each, lowest bits first
 * </pre>
 */
final class RunLengths {
  private static final int GROUP = 8;

  /** Groups that the packer takes at once. */
  private static final int BATCH = 32;

  private final byte[] bytes;
  private final int end;
  private final int width;
  private final BytePacker packer;
  private int at;

  /** Values left in the run at hand. */
  private int left;

  private boolean packed;
  private int value;

  /** A group of a packed run of which some values are still wanted; and how many. */
  private final int[] group = new int[GROUP];

  private int groupLeft;

  /**
   * The values in what is left of a buffer.
   *
   * @param width the bits of each value, 0 to 32
   */
  RunLengths(ByteBuffer buffer, int width) {
    if (width < 0 || width > 32) {
      throw new ParquetDecodingException("values of " + width + " bits");
    }
    this.bytes = buffer.array();
    this.at = buffer.arrayOffset() + buffer.position();
    this.end = buffer.arrayOffset() + buffer.limit();
    this.width = width;
    this.packer = Packer.LITTLE_ENDIAN.newBytePacker(width);
  }

  /**
   * The levels of files of long ago, which are bit packed only, highest bits first.
   *
   * @param buffer is left behind the levels
   */
  static RunLengths ofBitPackedLevels(ByteBuffer buffer, int count) {
    int groups = count / GROUP + (count % GROUP == 0 ? 0 : 1);
    byte[] levels = new byte[groups + 5];
    int at = 0;
    for (int header = groups << 1 | 1; ; header >>>= 7) {
      levels[at++] = (byte) (header > 0x7F ? header | 0x80 : header);
      if (header <= 0x7F) {
        break;
      }
    }
    for (int group = 0; group < groups; group++) {
      levels[at++] = (byte) (Integer.reverse(buffer.get()) >>> 24);
    }
    return new RunLengths(ByteBuffer.wrap(levels, 0, at), 1);
  }

  /** Takes the next values. */
  void read(int[] into, int from, int count) {
    int to = from + count;
    for (int next = from; next < to; ) {
      int taken = Math.min(left(), to - next);
      if (packed) {
        taken = unpack(into, next, taken);
      } else {
        Arrays.fill(into, next, next + taken, value);
      }
      left -= taken;
      next += taken;
    }
  }

  /**
   * Takes the next values as levels of a column that isn't nested.
   *
   * @param scratch at least 32 values
   * @return how many are 1
   */
  int readLevels(boolean[] into, int from, int count, int[] scratch) {
    int to = from + count;
    int defined = 0;
    for (int next = from; next < to; ) {
      int taken = Math.min(left(), to - next);
      if (packed) {
        taken = unpack(scratch, 0, Math.min(taken, scratch.length));
        for (int i = 0; i < taken; i++) {
          into[next + i] = scratch[i] != 0;
          defined += scratch[i];
        }
      } else {
        Arrays.fill(into, next, next + taken, value != 0);
        defined += value != 0 ? taken : 0;
      }
      left -= taken;
      next += taken;
    }
    return defined;
  }

  /** Values left in the run at hand, or in the next one. */
  private int left() {
    while (left == 0) {
      int header = varint();
      packed = (header & 1) != 0;
      int count = header >>> 1;
      if (packed) {
        left = Math.multiplyExact(count, GROUP);
        groupLeft = 0;
      } else {
        left = count;
        value = 0;
        for (int shift = 0; shift < width; shift += Byte.SIZE) {
          value |= next() << shift;
        }
      }
    }
    return left;
  }

  /** Takes values of a packed run, at most as many as are wanted, at least one. */
  private int unpack(int[] into, int from, int wanted) {
    if (groupLeft > 0) {
      int taken = Math.min(groupLeft, wanted);
      System.arraycopy(group, GROUP - groupLeft, into, from, taken);
      groupLeft -= taken;
      return taken;
    }
    int whole = Math.min(wanted / GROUP, width == 0 ? wanted : (end - at) / width);
    if (whole == 0) {
      openGroup();
      return unpack(into, from, wanted);
    }
    int done = 0;
    for (; done + BATCH / GROUP <= whole; done += BATCH / GROUP) {
      packer.unpack32Values(bytes, at, into, from + done * GROUP);
      at += width * (BATCH / GROUP);
    }
    for (; done < whole; done++) {
      packer.unpack8Values(bytes, at, into, from + done * GROUP);
      at += width;
    }
    return whole * GROUP;
  }

  /** The last group's bytes may be cut off behind the last value that counts. */
  private void openGroup() {
    if (width > 0 && at >= end) {
      throw endsEarly();
    }
    byte[] padded = new byte[width];
    int there = Math.min(width, end - at);
    System.arraycopy(bytes, at, padded, 0, there);
    at += there;
    packer.unpack8Values(padded, 0, group, 0);
    groupLeft = GROUP;
  }

  private int varint() {
    int read = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      int b = next();
      read |= (b & 0x7F) << shift;
      if (b < 0x80) {
        return read;
      }
    }
    throw new ParquetDecodingException("a run's length of more than 5 bytes");
  }

  private int next() {
    if (at >= end) {
      throw endsEarly();
    }
    return bytes[at++] & 0xFF;
  }

  private static ParquetDecodingException endsEarly() {
    return new ParquetDecodingException("a page's levels or dictionary ids end early");
  }
}
