package dev.lockstep.value;

import java.math.BigDecimal;

/**
 * Decimals as signed 64-bit counts of millionths: exact, of a fixed scale, and as fast as longs.
 *
 * <p>They reach from -9223372036854.775808 to 9223372036854.775807. What has more digits behind the
 * point, or lies beyond, is refused and never rounded (C6, C13).
 */
public final class Decimals {
  /** The digits behind the point. */
  public static final int SCALE = 6;

  /** The digits of the greatest decimal: what a schema of all of them states. */
  public static final int PRECISION = 19;

  /** How many of our units make 1. */
  public static final long UNIT = 1_000_000;

  private static final int MOST_DIGITS_BEFORE_POINT = PRECISION - SCALE;
  private static final int MOST_SHOWN = 40;

  /** Longs up to this are doubles. */
  private static final long EXACT_DOUBLE_LIMIT = 1L << 53;

  /** The bits of a long that may be too many for a double. */
  private static final long LOW_BITS = (1L << 10) - 1;

  private Decimals() {}

  /**
   * The millionths of a decimal; zeros behind its last digit don't matter.
   *
   * @throws ArithmeticException saying why, if it has more than six digits behind the point, or
   *     doesn't fit
   */
  public static long bitsOf(BigDecimal value) {
    if (value.signum() == 0) {
      return 0;
    }
    // Looked at before anything is scaled: 1E+1000000000 has a billion digits.
    if ((long) value.precision() - value.scale() > MOST_DIGITS_BEFORE_POINT) {
      throw beyond(value.toString());
    }
    BigDecimal whole = value.scale() > SCALE ? value.stripTrailingZeros() : value;
    if (whole.scale() > SCALE) {
      throw new ArithmeticException(
          "the decimal "
              + shown(value.toString())
              + " has more than "
              + SCALE
              + " digits behind the point: send it rounded, or declare a double");
    }
    var unscaled = whole.setScale(SCALE).unscaledValue();
    if (unscaled.bitLength() >= Long.SIZE) {
      throw beyond(value.toString());
    }
    return unscaled.longValue();
  }

  /** Says that a decimal, as text, doesn't fit. */
  public static ArithmeticException beyond(String value) {
    return new ArithmeticException(
        "the decimal "
            + shown(value)
            + " doesn't fit: they go to "
            + toBigDecimal(Long.MAX_VALUE)
            + "; declare a double");
  }

  private static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }

  /**
   * The decimal of some millionths, in its one form: no zero behind its last digit, no exponent.
   */
  public static BigDecimal toBigDecimal(long bits) {
    BigDecimal shortest = BigDecimal.valueOf(bits, SCALE).stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  /** The double nearest to a decimal, ties to even: rounded once. */
  public static double toDouble(long bits) {
    if (isExactDouble(bits)) {
      return (double) bits / (double) UNIT; // of two exact doubles: one rounding
    }
    // The quotient of what a double holds, and what it lacks of the whole: a multiple of 2^-13
    // below 2^12, so exact. Were it wrong after the last rounding, the exact quotient, a multiple
    // of 2^-20 / 15625 like all midpoints, would lie within 2^-60 of a midpoint without being one.
    double quotient = (double) (bits & ~LOW_BITS) / (double) UNIT;
    return quotient + lacking(bits, quotient) / (double) UNIT;
  }

  /** The double next to a decimal that isn't greater in magnitude; its binary digits, cut off. */
  public static double towardsZero(long bits) {
    double nearest = toDouble(bits);
    double lacking = lacking(bits, nearest);
    return (nearest > 0 && lacking < 0) || (nearest < 0 && lacking > 0)
        ? Math.nextAfter(nearest, 0.0)
        : nearest;
  }

  /** {@code bits - quotient * UNIT}, exact for a quotient about as near as a double can be. */
  private static double lacking(long bits, double quotient) {
    if (isExactDouble(bits)) {
      return Math.fma(-quotient, (double) UNIT, (double) bits);
    }
    double high = (double) (bits & ~LOW_BITS);
    return Math.fma(-quotient, (double) UNIT, high) + (double) (bits & LOW_BITS);
  }

  private static boolean isExactDouble(long bits) {
    return bits <= EXACT_DOUBLE_LIMIT && bits >= -EXACT_DOUBLE_LIMIT;
  }
}
