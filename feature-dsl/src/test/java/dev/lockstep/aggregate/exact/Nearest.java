package dev.lockstep.aggregate.exact;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** The definition of "correctly rounded", checked by exact comparison with the midpoints. */
final class Nearest {

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal BEYOND_MAX = TWO.pow(1024);

  private Nearest() {}

  /** Asserts that {@code actual} is the double nearest to the quotient, ties to even. */
  static void assertNearest(BigDecimal numerator, BigDecimal denominator, double actual) {
    String context = actual + " for " + brief(numerator) + " / " + brief(denominator);
    assertTrue(!Double.isNaN(actual), context);
    assertTrue(Double.doubleToRawLongBits(actual) != Long.MIN_VALUE, "-0.0: " + context);
    boolean negative = numerator.signum() < 0;
    double magnitude = negative ? -actual : actual;
    assertTrue(magnitude >= 0, "sign: " + context);
    BigDecimal exact = numerator.abs();
    boolean even = (Double.doubleToRawLongBits(magnitude) & 1) == 0;
    if (magnitude > 0) {
      BigDecimal below = midpoint(Math.nextDown(magnitude), magnitude).multiply(denominator);
      int order = exact.compareTo(below);
      assertTrue(even ? order >= 0 : order > 0, "too large: " + context);
    }
    if (magnitude < Double.POSITIVE_INFINITY) {
      BigDecimal above = midpoint(magnitude, Math.nextUp(magnitude)).multiply(denominator);
      int order = exact.compareTo(above);
      assertTrue(even ? order <= 0 : order < 0, "too small: " + context);
    }
  }

  static void assertNearest(BigDecimal exact, double actual) {
    assertNearest(exact, BigDecimal.ONE, actual);
  }

  static void assertNearest(BigInteger numerator, BigInteger denominator, double actual) {
    assertNearest(new BigDecimal(numerator), new BigDecimal(denominator), actual);
  }

  private static BigDecimal midpoint(double lower, double upper) {
    return exact(lower).add(exact(upper)).divide(TWO);
  }

  /** IEEE 754: rounding takes infinity for 2^1024, the next number after the largest. */
  private static BigDecimal exact(double value) {
    return Double.isInfinite(value) ? BEYOND_MAX : new BigDecimal(value);
  }

  private static String brief(BigDecimal value) {
    return value.precision() > 40 ? value.round(new MathContext(40)) + "~" : "" + value;
  }
}
