package dev.lockstep.aggregate.exact;

/** The one rounding from an exact binary value to a double: to nearest, ties to even. */
final class Rounding {

  private static final int SIGNIFICAND_BITS = 53;
  private static final int MIN_NORMAL_EXPONENT = Double.MIN_EXPONENT;

  private Rounding() {}

  /**
   * Returns the double nearest to {@code (high * 2^64 + low) * 2^exponent}, ties to even, for
   * results far from the range's ends.
   *
   * @param high upper 64 bits, not negative
   * @param low lower 64 bits, unsigned
   * @param exponent -500 to 500
   */
  static double nearestEven(long high, long low, int exponent) {
    if (high == 0 && low >= 0) {
      return (double) low * powerOfTwo(exponent);
    }
    // The 63 topmost bits, and one that says whether there are others below: too few to change the
    // way the hardware rounds, to even on a tie.
    int up = high == 0 ? Long.SIZE - 1 : Long.numberOfLeadingZeros(high) - 1;
    long top = up == Long.SIZE - 1 ? low >>> 1 : Words.shiftLeft(high, low, up);
    long rest = low << up;
    return (double) (top | (rest != 0 ? 1 : 0)) * powerOfTwo(exponent + Long.SIZE - up);
  }

  /** Returns the square root of a rounded square, with a sign; +0.0 for zero. */
  static double signedRoot(int signum, double square) {
    double root = Math.sqrt(square);
    return signum < 0 && root != 0.0 ? -root : root;
  }

  /** Returns {@code 2^exponent} for exponents of normal numbers. */
  static double powerOfTwo(long exponent) {
    return Double.longBitsToDouble((exponent - MIN_NORMAL_EXPONENT + 1) << (SIGNIFICAND_BITS - 1));
  }

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
