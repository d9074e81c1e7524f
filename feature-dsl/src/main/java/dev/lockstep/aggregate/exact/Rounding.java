package dev.lockstep.aggregate.exact;

/** The one rounding from an exact binary value to a double: to nearest, ties to even. */
final class Rounding {

  private static final int SIGNIFICAND_BITS = 53;
  private static final int MIN_NORMAL_EXPONENT = Double.MIN_EXPONENT;

  private Rounding() {}

  /**
   * Returns the double nearest to {@code significand * 2^exponent}, ties to even.
   *
   * @param negative whether the value is below zero
   * @param significand unsigned 64 bits, not zero
   * @param inexact whether the true magnitude lies strictly between {@code significand} and {@code
   *     significand + 1}; then the significand must have at least 55 significant bits, so that no
   *     bit that decides the rounding is missing
   * @return infinity on overflow; +0.0, never -0.0, on underflow to zero
   */
  static double nearestEven(boolean negative, long significand, boolean inexact, long exponent) {
    int leading = Long.numberOfLeadingZeros(significand);
    long aligned = significand << leading;
    long topExponent = exponent - leading + 63;
    if (topExponent > Double.MAX_EXPONENT) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    boolean subnormal = topExponent < MIN_NORMAL_EXPONENT;
    long dropped =
        Long.SIZE - SIGNIFICAND_BITS + (subnormal ? MIN_NORMAL_EXPONENT - topExponent : 0);
    if (dropped > Long.SIZE) {
      return 0.0; // below half of the smallest subnormal
    }
    // A shift by 64 is a shift by 0 in Java, hence the special case: nothing is kept.
    long kept = dropped == Long.SIZE ? 0 : aligned >>> dropped;
    long remainder = aligned << (Long.SIZE - dropped);
    boolean atLeastHalf = remainder < 0;
    boolean exactlyHalf = remainder == Long.MIN_VALUE && !inexact;
    if (atLeastHalf && (!exactlyHalf || (kept & 1) != 0)) {
      kept++;
    }
    // The implicit bit, or a carry out of the significand, moves the exponent field by itself; from
    // the largest finite exponent the carry makes exactly the bits of infinity.
    long biased = subnormal ? 0 : (topExponent - MIN_NORMAL_EXPONENT) << (SIGNIFICAND_BITS - 1);
    double magnitude = Double.longBitsToDouble(biased + kept);
    return negative && magnitude != 0.0 ? -magnitude : magnitude;
  }
}
