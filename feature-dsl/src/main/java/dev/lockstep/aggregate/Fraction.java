package dev.lockstep.aggregate;

import dev.lockstep.value.DoubleText;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A parameter from 0 to 1, such as a quantile's q, as the exact rational that was written: the
 * decimal of 15 places nearest to the double. So 0.1 is a tenth, and the first decile of ten values
 * is the first of them.
 *
 * @param value as it was given; outside [0, 1] it is to be rejected
 * @param numerator in lowest terms
 * @param denominator 10^15 at most; 0 for what is to be rejected
 */
public record Fraction(double value, long numerator, long denominator) implements Serializable {
  private static final int PLACES = 15;

  /** The fraction that a double was written as; any double is taken, to be rejected later. */
  public static Fraction of(double written) {
    if (!isFraction(written)) {
      return new Fraction(written, 0, 0);
    }
    BigDecimal decimal = new BigDecimal(written).setScale(PLACES, RoundingMode.HALF_EVEN);
    BigInteger whole = BigInteger.TEN.pow(PLACES);
    BigInteger common = decimal.unscaledValue().gcd(whole);
    return new Fraction(
        decimal.doubleValue(),
        decimal.unscaledValue().divide(common).longValueExact(),
        whole.divide(common).longValueExact());
  }

  /** The cure where it isn't one. */
  Optional<String> rejection(String name, String example) {
    return isFraction(value)
        ? Optional.empty()
        : Optional.of("give " + name + " from 0 to 1: " + example);
  }

  /** Returns {@code floor(n * this)}; n at least 0. */
  long floorOf(long n) {
    long product = n * numerator;
    if (Math.multiplyHigh(n, numerator) == 0 && product >= 0) {
      return product / denominator;
    }
    return BigInteger.valueOf(n)
        .multiply(BigInteger.valueOf(numerator))
        .divide(BigInteger.valueOf(denominator))
        .longValueExact();
  }

  /** Returns {@code n * this - floor(n * this)} times the denominator; n at least 0. */
  long remainderOf(long n) {
    return n * numerator - floorOf(n) * denominator; // of 0 to below 10^15: what wraps, wraps back
  }

  /**
   * Returns {@code ceil(n * this)} and at least 1: the rank, from 1, of the least of n values that
   * so large a part of them is not above.
   */
  long rankAmong(long n) {
    return Math.max(1, floorOf(n) + (remainderOf(n) == 0 ? 0 : 1));
  }

  /** The decimal as text, the same on every JDK. */
  @Override
  public String toString() {
    return isFraction(value)
        ? new BigDecimal(numerator)
            .divide(new BigDecimal(denominator))
            .stripTrailingZeros()
            .toPlainString()
        : DoubleText.of(value);
  }

  private static boolean isFraction(double value) {
    return value >= 0 && value <= 1;
  }
}
