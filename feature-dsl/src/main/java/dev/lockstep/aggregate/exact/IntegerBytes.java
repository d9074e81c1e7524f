package dev.lockstep.aggregate.exact;

import java.math.BigInteger;
import java.util.Arrays;

/** The canonical bytes of an integer: shortest big-endian two's complement; zero has no bytes. */
final class IntegerBytes {

  private static final byte[] NONE = new byte[0];
  private static final BigInteger LOW_64 =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  private IntegerBytes() {}

  static byte[] encode(BigInteger value) {
    return value.signum() == 0 ? NONE : value.toByteArray();
  }

  static BigInteger decode(byte[] bytes) {
    if (bytes.length == 0) {
      return BigInteger.ZERO;
    }
    BigInteger value = new BigInteger(bytes);
    if (!Arrays.equals(encode(value), bytes)) {
      throw new IllegalArgumentException(
          "integer of " + bytes.length + " bytes is not in its shortest form: corrupt state");
    }
    return value;
  }

  static BigInteger unsigned(long bits) {
    return bits >= 0 ? BigInteger.valueOf(bits) : BigInteger.valueOf(bits).and(LOW_64);
  }
}
