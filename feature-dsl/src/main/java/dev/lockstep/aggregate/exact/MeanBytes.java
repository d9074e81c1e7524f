package dev.lockstep.aggregate.exact;

import java.nio.ByteBuffer;

/**
 * The canonical bytes of means and moments.
 *
 * <pre>
 *   count (varint) | length of sum (varint) | sum | sum of squares (moments only)
 * </pre>
 *
 * Varints are unsigned, 7 bits a byte, lowest first, the top bit saying that another follows. The
 * sums are in the canonical form of their own classes.
 */
record MeanBytes(long count, byte[] sum, byte[] rest) {

  private static final int MAX_VARINT_BYTES = 9;

  static byte[] encode(long count, byte[] sum) {
    return encode(count, sum, new byte[0]);
  }

  static byte[] encode(long count, byte[] sum, byte[] rest) {
    int size = varintSize(count) + varintSize(sum.length) + sum.length + rest.length;
    ByteBuffer out = ByteBuffer.allocate(size);
    putVarint(out, count);
    putVarint(out, sum.length);
    return out.put(sum).put(rest).array();
  }

  static MeanBytes decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long count = getVarint(in);
    long length = getVarint(in);
    if (length > in.remaining()) {
      throw new IllegalArgumentException(
          "sum of " + length + " bytes, but " + in.remaining() + " are left: corrupt state");
    }
    byte[] sum = new byte[(int) length];
    in.get(sum);
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    if (count == 0 && sum.length + rest.length > 0) {
      throw new IllegalArgumentException("a sum of no values that isn't zero: corrupt state");
    }
    return new MeanBytes(count, sum, rest);
  }

  void requireNoRest() {
    if (rest.length != 0) {
      throw new IllegalArgumentException(
          rest.length + " bytes after the sum of a mean: these are moments, or corrupt state");
    }
  }

  private static int varintSize(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
  }

  private static void putVarint(ByteBuffer out, long value) {
    long rest = value;
    while (rest > 0x7F) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static long getVarint(ByteBuffer in) {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES && in.hasRemaining(); i++) {
      byte next = in.get();
      value |= (long) (next & 0x7F) << (7 * i);
      if (next >= 0) {
        if (next == 0 && i > 0) {
          throw new IllegalArgumentException("varint is not in its shortest form: corrupt state");
        }
        return value;
      }
    }
    throw new IllegalArgumentException("no varint where one is due: corrupt state");
  }
}
