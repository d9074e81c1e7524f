package dev.lockstep.aggregate.exact;

/**
 * Carries between the 64-bit words of longer integers, without branches: the carries of sums of
 * doubles are as good as random, and a mispredicted branch costs more than the addition.
 */
final class Words {

  private Words() {}

  /**
   * Returns the carry, 0 or 1, out of {@code sum = a + b} or {@code a + b + 1}: the top bit's
   * majority.
   */
  static long carry(long a, long b, long sum) {
    return ((a & b) | ((a | b) & ~sum)) >>> 63;
  }

  /** Returns the borrow, 0 or 1, out of {@code difference = a - b} or {@code a - b - 1}. */
  static long borrow(long a, long b, long difference) {
    return ((~a & b) | ((~a | b) & difference)) >>> 63;
  }

  /** Returns the upper 64 bits of the product of two unsigned longs. */
  static long multiplyHighUnsigned(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }

  /** Returns the upper of two words shifted left by 0 to 63. */
  static long shiftLeft(long high, long low, int bits) {
    return (high << bits) | (low >>> 1 >>> (63 - bits)); // in two steps: a shift by 64 is none
  }
}
