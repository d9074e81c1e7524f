package dev.lockstep.aggregate.exact;

/**
 * The variance from narrow sums, in words: {@code (n S2 - S1^2) / (n m)}, rounded once.
 *
 * <pre>
 *   n S2        p4 p3 p2 p1 p0      32 + 254 bits
 * - S1^2           q3 q2 q1 q0      2 * 126 bits
 *   --------------------------
 *   numerator   d4 d3 d2 d1 d0      units of 2^-144
 * </pre>
 *
 * Its upper 128 bits, and whether there are others below, go into the one division.
 */
final class NarrowVariance {

  /** With this, {@code n m} is a long. */
  static final long MAX_COUNT = 1L << 31;

  private NarrowVariance() {}

  /**
   * Returns the variance.
   *
   * @param n at most {@link #MAX_COUNT}
   * @param s2 not negative
   * @return NaN if the numerator is negative, as it can't be for sums of the same values
   */
  static double of(long n, long m, NarrowSum s1, NarrowProductSum s2) {
    long a1 = s1.magnitudeHigh();
    long a0 = s1.magnitudeLow();
    // S1^2 = a1^2 2^128 + 2 a1 a0 2^64 + a0^2; a1 is below 2^62
    long cross = a1 * a0;
    long crossHigh = Words.multiplyHighUnsigned(a1, a0);
    long square = a0 * a0;
    long squareHigh = Words.multiplyHighUnsigned(a0, a0);
    long twice = cross << 1;
    long twiceHigh = (crossHigh << 1) | (cross >>> 63);
    long top = a1 * a1;
    long q1 = squareHigh + twice;
    long q2 = top + twiceHigh + Words.carry(squareHigh, twice, q1);
    long q3 = Math.multiplyHigh(a1, a1) + Words.carry(top, twiceHigh, q2);

    long w0 = s2.word(0);
    long w1 = s2.word(1);
    long w2 = s2.word(2);
    long w3 = s2.word(3);
    long p0 = w0 * n;
    long h0 = multiplyHigh(w0, n);
    long l1 = w1 * n;
    long p1 = l1 + h0;
    long h1 = multiplyHigh(w1, n) + Words.carry(l1, h0, p1);
    long l2 = w2 * n;
    long p2 = l2 + h1;
    long h2 = multiplyHigh(w2, n) + Words.carry(l2, h1, p2);
    long l3 = w3 * n;
    long p3 = l3 + h2;
    long p4 = multiplyHigh(w3, n) + Words.carry(l3, h2, p3);

    long d0 = p0 - square;
    long borrow = Words.borrow(p0, square, d0);
    long d1 = p1 - q1 - borrow;
    borrow = Words.borrow(p1, q1, d1);
    long d2 = p2 - q2 - borrow;
    borrow = Words.borrow(p2, q2, d2);
    long d3 = p3 - q3 - borrow;
    borrow = Words.borrow(p3, q3, d3);
    long d4 = p4 - borrow;
    if (d4 < 0) {
      return Double.NaN;
    }
    return divide(d4, d3, d2, d1, d0, n * m);
  }

  /** Rounds a numerator of five words, d4 not negative, over a denominator. */
  private static double divide(long d4, long d3, long d2, long d1, long d0, long denominator) {
    int exponent = NarrowProductSum.UNIT_EXPONENT;
    if (d4 != 0) {
      int up = Long.numberOfLeadingZeros(d4);
      long high = Words.shiftLeft(d4, d3, up);
      long low = Words.shiftLeft(d3, d2, up);
      boolean inexact = ((d2 << up) | d1 | d0) != 0;
      exponent += 3 * Long.SIZE - up;
      return ExactRatio.round(false, high, low, inexact, denominator, exponent);
    }
    if (d3 != 0) {
      int up = Long.numberOfLeadingZeros(d3);
      long high = Words.shiftLeft(d3, d2, up);
      long low = Words.shiftLeft(d2, d1, up);
      boolean inexact = ((d1 << up) | d0) != 0;
      exponent += 2 * Long.SIZE - up;
      return ExactRatio.round(false, high, low, inexact, denominator, exponent);
    }
    return ExactRatio.round(d2, d1, d0, denominator, exponent);
  }

  /** The upper half of an unsigned word times a non-negative number. */
  private static long multiplyHigh(long word, long factor) {
    return Math.multiplyHigh(word, factor) + ((word >> 63) & factor);
  }
}
