package dev.lockstep.aggregate.exact;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The canonical bytes of a {@link FixedPointSum}.
 *
 * <pre>
 *   zero:  (no bytes)
 *   else:  offset (2 bytes, big-endian) | significand (shortest big-endian two's complement)
 * </pre>
 *
 * The offset is the position of the lowest set bit, so the significand is odd and the form unique.
 */
final class FixedPointBytes {

  /** Squares of doubles span 4 196 bits; 2^63 of them add 63, and a sign one. */
  private static final int MOST_BYTES = Short.BYTES + (4_196 + 63 + 1 + 7) / Byte.SIZE;

  private FixedPointBytes() {}

  /** Encodes a multiple of {@code 2^unitExponent}. */
  static byte[] encode(Dyadic sum, int unitExponent) {
    BigInteger significand = sum.significand();
    if (significand.signum() == 0) {
      return new byte[0];
    }
    int zeros = significand.getLowestSetBit();
    byte[] digits = IntegerBytes.encode(significand.shiftRight(zeros));
    return ByteBuffer.allocate(Short.BYTES + digits.length)
        .putShort((short) (sum.exponent() - unitExponent + zeros))
        .put(digits)
        .array();
  }

  /** Adds what the bytes hold to a sum. */
  static void decode(byte[] bytes, FixedPointSum into) {
    if (bytes.length == 0) {
      return;
    }
    if (bytes.length <= Short.BYTES) {
      throw new IllegalArgumentException(
          "an exact sum has no bytes or at least 3, got " + bytes.length + ": corrupt state");
    }
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "an exact sum has at most "
              + MOST_BYTES
              + " bytes, got "
              + bytes.length
              + ": corrupt state");
    }
    int offset = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort());
    BigInteger significand =
        IntegerBytes.decode(Arrays.copyOfRange(bytes, Short.BYTES, bytes.length));
    if (!significand.testBit(0)) {
      throw new IllegalArgumentException("an exact sum's significand must be odd: corrupt state");
    }
    into.add(significand, offset);
  }
}
