package dev.lockstep.aggregate.exact;

import java.math.BigInteger;

/**
 * The correctly rounded quotient of two exact numbers: one rounding, to nearest-even, over the
 * whole double range including subnormal results; infinity on overflow, +0.0 for zero and
 * underflow.
 *
 * <p>Truncating the numerator before dividing is exact enough because {@code floor(floor(a / 2^k) /
 * d) == floor(a / (2^k d))}: the quotient's bits are the true ones, and whatever was cut off only
 * says that the true quotient lies above them.
 */
public final class ExactRatio {

  /** All integers of smaller magnitude are doubles, so one IEEE division of two rounds once. */
  private static final long EXACT_DOUBLE_LIMIT = 1L << 53;

  private static final long LOW_HALF = 0xFFFF_FFFFL;

  private ExactRatio() {}

  /**
   * Returns {@code numerator / denominator}, rounded once.
   *
   * @throws ArithmeticException if the denominator is not positive
   */
  public static double round(BigInteger numerator, BigInteger denominator) {
    return round(numerator, denominator, 0);
  }

  /** Returns {@code numerator * 2^exponent / denominator}, rounded once; denominator positive. */
  static double round(BigInteger numerator, BigInteger denominator, int exponent) {
    if (denominator.signum() <= 0) {
      throw new ArithmeticException(
          "denominator must be positive, was " + denominator + "; move its sign to the numerator");
    }
    if (numerator.signum() == 0) {
      return 0.0;
    }
    boolean negative = numerator.signum() < 0;
    BigInteger magnitude = numerator.abs();
    if (denominator.bitLength() <= Long.SIZE) {
      int cut = Math.max(0, magnitude.bitLength() - 2 * Long.SIZE);
      boolean inexact = cut > 0 && magnitude.getLowestSetBit() < cut;
      BigInteger top = cut > 0 ? magnitude.shiftRight(cut) : magnitude;
      long high = top.bitLength() > Long.SIZE ? top.shiftRight(Long.SIZE).longValue() : 0;
      return round(
          negative, high, top.longValue(), inexact, denominator.longValue(), (long) exponent + cut);
    }
    // A quotient of 63 or 64 bits: enough to round, and it fits a long.
    int cut = magnitude.bitLength() - denominator.bitLength() - 63;
    boolean inexact = cut > 0 && magnitude.getLowestSetBit() < cut;
    BigInteger[] quotient = magnitude.shiftRight(cut).divideAndRemainder(denominator);
    return Rounding.nearestEven(
        negative,
        quotient[0].longValue(),
        inexact || quotient[1].signum() != 0,
        (long) exponent + cut);
  }

  /** Returns {@code numerator / denominator}, rounded once; denominator positive. */
  public static double round(long numerator, long denominator) {
    if (isExactDouble(numerator) && isExactDouble(denominator)) {
      return (double) numerator / (double) denominator;
    }
    return round(numerator < 0, 0, Math.abs(numerator), false, denominator, 0);
  }

  /**
   * Returns {@code (high * 2^64 + low) * 2^exponent / denominator}, rounded once.
   *
   * @param high upper 64 bits of the magnitude, unsigned
   * @param low lower 64 bits of the magnitude, unsigned
   * @param inexact whether non-zero bits below {@code low} were cut off; then {@code high} must
   *     have one of its two top bits set
   * @param denominator unsigned, not zero
   */
  static double round(
      boolean negative, long high, long low, boolean inexact, long denominator, long exponent) {
    if ((high | low) == 0) {
      return 0.0;
    }
    // The numerator's top bit goes to bit 126, the denominator's to bit 63: then high < denominator
    // and the quotient has 63 or 64 bits.
    int left =
        high != 0
            ? Long.numberOfLeadingZeros(high) - 1
            : Long.SIZE + Long.numberOfLeadingZeros(low) - 1;
    long h;
    long l;
    boolean cut = inexact;
    if (left < 0) {
      h = high >>> 1;
      l = (high << 63) | (low >>> 1);
      cut |= (low & 1) != 0;
    } else if (left == 0) {
      h = high;
      l = low;
    } else if (left < Long.SIZE) {
      h = (high << left) | (low >>> (Long.SIZE - left));
      l = low << left;
    } else {
      h = low << (left - Long.SIZE);
      l = 0;
    }
    int scale = Long.numberOfLeadingZeros(denominator);
    long divisor = denominator << scale;
    long quotient = divide(h, l, divisor);
    // The remainder is below 2^64, so its low 64 bits are all of it.
    boolean remains = l - quotient * divisor != 0;
    return Rounding.nearestEven(negative, quotient, cut || remains, exponent - left + scale);
  }

  /**
   * Returns the 64-bit quotient of an unsigned 128-bit number by an unsigned divisor with its top
   * bit set and {@code high < divisor}: Knuth's algorithm D on 32-bit digits, after H. S. Warren,
   * "Hacker's Delight", 2nd edition, 9-4, divlu.
   */
  private static long divide(long high, long low, long divisor) {
    long upper = divideDigit(high, low >>> 32, divisor);
    long middle = (high << 32) + (low >>> 32) - upper * divisor;
    long lower = divideDigit(middle, low & LOW_HALF, divisor);
    return (upper << 32) + lower;
  }

  private static long divideDigit(long high, long nextDigit, long divisor) {
    long divisorHigh = divisor >>> 32;
    long divisorLow = divisor & LOW_HALF;
    long digit = Long.divideUnsigned(high, divisorHigh);
    long rest = high - digit * divisorHigh;
    while (digit > LOW_HALF
        || Long.compareUnsigned(digit * divisorLow, (rest << 32) | nextDigit) > 0) {
      digit--;
      rest += divisorHigh;
      if (rest > LOW_HALF) {
        break;
      }
    }
    return digit;
  }

  private static boolean isExactDouble(long value) {
    return value <= EXACT_DOUBLE_LIMIT && value >= -EXACT_DOUBLE_LIMIT;
  }
}
