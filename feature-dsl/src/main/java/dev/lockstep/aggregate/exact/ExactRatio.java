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

  /** The lowest 10 of 63 bits: what a double of 53 doesn't hold. */
  private static final long CUT_MASK = (1L << 10) - 1;

  private static final int MAX_QUICK_EXPONENT = 500;

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
   * Returns {@code (high * 2^128 + middle * 2^64 + low) * 2^exponent / denominator}, rounded once;
   * all unsigned, the denominator not zero.
   */
  static double round(long high, long middle, long low, long denominator, int exponent) {
    if (high == 0) {
      return round(false, middle, low, false, denominator, exponent);
    }
    int up = Long.numberOfLeadingZeros(high);
    return round(
        false,
        Words.shiftLeft(high, middle, up),
        Words.shiftLeft(middle, low, up),
        low << up != 0,
        denominator,
        (long) exponent + Long.SIZE - up);
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
    if (denominator > 0 && denominator <= EXACT_DOUBLE_LIMIT && isFarFromEnds(exponent)) {
      double quotient = quickly(h, l, (double) denominator);
      if (quotient != 0.0) {
        double magnitude = quotient * Rounding.powerOfTwo(exponent - left + Long.SIZE);
        return negative ? -magnitude : magnitude;
      }
    }
    int scale = Long.numberOfLeadingZeros(denominator);
    long divisor = denominator << scale;
    long quotient = divide(h, l, divisor);
    // The remainder is below 2^64, so its low 64 bits are all of it.
    boolean remains = l - quotient * divisor != 0;
    return Rounding.nearestEven(negative, quotient, cut || remains, exponent - left + scale);
  }

  /**
   * Returns {@code (high + low * 2^-64) / denominator}, rounded once, or 0.0 if that is too near a
   * midpoint of two doubles to tell. Then the exact division decides, so the result is the same
   * whichever way it was found.
   *
   * <p>A quotient in two doubles after T. J. Dekker, and A. Ziv's rounding test: all that is left
   * out is less than {@code 2^-100} of the quotient; if adding and subtracting {@code 2^-98} of it
   * makes no difference after rounding, then neither does what was left out.
   *
   * @param high in [2^62, 2^63)
   * @param low unsigned
   * @param denominator an integer of at most {@code 2^53}
   */
  private static double quickly(long high, long low, double denominator) {
    double numerator = (double) (high & ~CUT_MASK); // 53 bits: exact
    double cut = (double) (high & CUT_MASK) + (double) (low >>> 1) * 0x1p-63;
    double quotient = numerator / denominator;
    double remainder = Math.fma(-quotient, denominator, numerator); // exact
    double correction = (remainder + cut) * (1.0 / denominator);
    double error = quotient * 0x1p-98;
    double rounded = quotient + (correction - error);
    return rounded == quotient + (correction + error) ? rounded : 0.0;
  }

  /** Whether a quotient of 126 bits at most, by at most 53, is normal after scaling. */
  private static boolean isFarFromEnds(long exponent) {
    return exponent >= -MAX_QUICK_EXPONENT && exponent <= MAX_QUICK_EXPONENT;
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

  /** Returns whether the long is at most {@code 2^53} in magnitude. */
  static boolean isExactDouble(long value) {
    return value <= EXACT_DOUBLE_LIMIT && value >= -EXACT_DOUBLE_LIMIT;
  }
}
