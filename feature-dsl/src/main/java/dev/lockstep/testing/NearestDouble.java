package dev.lockstep.testing;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The double nearest to an exact rational, ties to even: written out, because not every JDK's
 * {@link BigDecimal#doubleValue} is correctly rounded, and a rounded quotient rounded again is not
 * either.
 */
final class NearestDouble {
  private static final int PRECISION = 53;
  private static final int LEAST_EXPONENT = -1074;

  private NearestDouble() {}

  static double of(BigDecimal value) {
    return ofQuotient(value, BigInteger.ONE);
  }

  /** The double nearest to {@code numerator / denominator}; infinite beyond the range. */
  static double ofQuotient(BigDecimal numerator, BigInteger denominator) {
    BigInteger unscaled = numerator.unscaledValue();
    return numerator.scale() >= 0
        ? of(unscaled, denominator.multiply(BigInteger.TEN.pow(numerator.scale())))
        : of(unscaled.multiply(BigInteger.TEN.pow(-numerator.scale())), denominator);
  }

  private static double of(BigInteger numerator, BigInteger denominator) {
    if (denominator.signum() < 0) {
      return of(numerator.negate(), denominator.negate());
    }
    if (numerator.signum() < 0) {
      return -of(numerator.negate(), denominator);
    }
    if (numerator.signum() == 0) {
      return 0.0;
    }
    // The quotient is in [2^(e-1), 2^(e+1)): e - 52 leaves it 52 or 53 digits before the point.
    int exponent = numerator.bitLength() - denominator.bitLength() - (PRECISION - 1);
    double rounded = rounded(numerator, denominator, Math.max(exponent, LEAST_EXPONENT));
    if (rounded < 0) {
      return rounded(numerator, denominator, Math.max(exponent - 1, LEAST_EXPONENT));
    }
    return rounded;
  }

  /** The multiple of 2^exponent nearest to the quotient; -1 if a digit of precision is missing. */
  private static double rounded(BigInteger numerator, BigInteger denominator, int exponent) {
    BigInteger n = exponent < 0 ? numerator.shiftLeft(-exponent) : numerator;
    BigInteger d = exponent > 0 ? denominator.shiftLeft(exponent) : denominator;
    BigInteger[] parts = n.divideAndRemainder(d);
    BigInteger digits = parts[0];
    if (digits.bitLength() < PRECISION && exponent > LEAST_EXPONENT) {
      return -1;
    }
    int half = parts[1].shiftLeft(1).compareTo(d);
    if (half > 0 || (half == 0 && digits.testBit(0))) {
      digits = digits.add(BigInteger.ONE);
    }
    // At most 2^53, so a double exactly; and a multiple of 2^-1074 times a power of two is too.
    return exponent > Double.MAX_EXPONENT
        ? Double.POSITIVE_INFINITY
        : Math.scalb((double) digits.longValueExact(), exponent);
  }
}
