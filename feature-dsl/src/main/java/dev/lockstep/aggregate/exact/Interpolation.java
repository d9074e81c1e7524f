package dev.lockstep.aggregate.exact;

import java.math.BigInteger;

/**
 * A number that lies a given part of the way between two others, {@code a + (b - a) part / whole}:
 * the exact rational, rounded once to nearest-even.
 *
 * <p>The numbers are finite, and the whole is positive and at most 2^62.
 */
public final class Interpolation {

  /** A sum of two such numbers times as small a whole fits a long. */
  private static final int SMALL_BITS = 40;

  private static final int SMALL_WHOLE_BITS = 20;

  private Interpolation() {}

  /** The number {@code part / whole} of the way from a to b. */
  public static double between(long a, long b, long part, long whole) {
    return between(a, b, part, whole, 1);
  }

  /**
   * The number {@code part / whole} of the way from {@code a / unit} to {@code b / unit}.
   *
   * @param unit 1 to 10^6
   */
  public static double between(long a, long b, long part, long whole, long unit) {
    if (isBelow(a, SMALL_BITS) && isBelow(b, SMALL_BITS) && isBelow(whole, SMALL_WHOLE_BITS)) {
      return ExactRatio.round(a * (whole - part) + b * part, whole * unit);
    }
    return ExactRatio.round(
        BigInteger.valueOf(a)
            .multiply(BigInteger.valueOf(whole - part))
            .add(BigInteger.valueOf(b).multiply(BigInteger.valueOf(part))),
        BigInteger.valueOf(whole).multiply(BigInteger.valueOf(unit)));
  }

  /** The number {@code part / whole} of the way from a to b. */
  public static double between(double a, double b, long part, long whole) {
    if (part == 0 || a == b) {
      return a + 0.0; // never -0.0
    }
    if (part == 1 && whole == 2) {
      return middle(a, b);
    }
    int aOffset = DoubleParts.bitOffset(a);
    int bOffset = DoubleParts.bitOffset(b);
    int lower = Math.min(aOffset, bOffset);
    BigInteger sum =
        weighted(a, aOffset - lower, whole - part).add(weighted(b, bOffset - lower, part));
    return ExactRatio.round(sum, BigInteger.valueOf(whole), lower + DoubleSum.UNIT_EXPONENT);
  }

  /**
   * Half the sum rounds once: a sum so small that its half has fewer digits is exact, and of a sum
   * beyond the range both halves are.
   */
  private static double middle(double a, double b) {
    double sum = a + b;
    return Double.isInfinite(sum) ? a * 0.5 + b * 0.5 : sum * 0.5 + 0.0;
  }

  private static BigInteger weighted(double value, int shift, long weight) {
    return BigInteger.valueOf(DoubleParts.significand(value))
        .multiply(BigInteger.valueOf(weight))
        .shiftLeft(shift);
  }

  private static boolean isBelow(long value, int bits) {
    return value >> bits == 0 || value >> bits == -1;
  }
}
