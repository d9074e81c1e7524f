package dev.lockstep.aggregate.exact;

import java.math.BigInteger;

/**
 * An exact binary rational, {@code significand * 2^exponent}: what sums of doubles and all
 * polynomials of them are. Not in lowest terms, so equal numbers may differ as records.
 */
record Dyadic(BigInteger significand, int exponent) {

  int signum() {
    return significand.signum();
  }

  Dyadic times(Dyadic factor) {
    return new Dyadic(significand.multiply(factor.significand), exponent + factor.exponent);
  }

  Dyadic times(BigInteger factor) {
    return new Dyadic(significand.multiply(factor), exponent);
  }

  Dyadic times(long factor) {
    return times(BigInteger.valueOf(factor));
  }

  Dyadic plus(Dyadic other) {
    if (signum() == 0) {
      return other;
    }
    if (other.signum() == 0) {
      return this;
    }
    int lower = Math.min(exponent, other.exponent);
    BigInteger sum =
        significand
            .shiftLeft(exponent - lower)
            .add(other.significand.shiftLeft(other.exponent - lower));
    return new Dyadic(sum, lower);
  }

  Dyadic minus(Dyadic other) {
    return plus(new Dyadic(other.significand.negate(), other.exponent));
  }

  Dyadic square() {
    return times(this);
  }

  /**
   * Returns the quotient by a positive number, rounded once.
   *
   * @throws ArithmeticException if the denominator is not positive
   */
  double dividedBy(Dyadic denominator) {
    return ExactRatio.round(significand, denominator.significand, exponent - denominator.exponent);
  }

  /** Returns the quotient by a positive integer, rounded once. */
  double dividedBy(BigInteger denominator) {
    return ExactRatio.round(significand, denominator, exponent);
  }
}
