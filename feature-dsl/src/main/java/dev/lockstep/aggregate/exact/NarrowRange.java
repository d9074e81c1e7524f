package dev.lockstep.aggregate.exact;

/**
 * The doubles whose sums fit a few words: {@code 2^-20 <= |x| < 2^38}, about 1e-6 to 2.7e11, which
 * is where amounts, distances, durations and rates lie.
 *
 * <p>Such a double is {@code significand * 2^shift * 2^-72} with a significand of 53 bits and a
 * shift of 0 to 57: an integer below 2^110 in units of {@code 2^-72}. Whether a double is narrow
 * depends on its exponent field alone.
 */
final class NarrowRange {

  /** The exponent of the unit of narrow sums. */
  static final int UNIT_EXPONENT = -72;

  private static final int MIN_EXPONENT = -20;
  private static final int EXPONENTS = 58;
  private static final int FRACTION_BITS = 52;
  private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
  private static final int EXPONENT_FIELD_MASK = 0x7FF;

  private NarrowRange() {}

  /** Returns by how much the significand is shifted; outside [0, 58) for what is not narrow. */
  static int shift(long bits) {
    int field = (int) (bits >>> FRACTION_BITS) & EXPONENT_FIELD_MASK;
    return field - (Double.MAX_EXPONENT + MIN_EXPONENT);
  }

  static boolean holds(int shift) {
    return shift >= 0 && shift < EXPONENTS;
  }

  /** Returns the signed significand of a narrow double's bits. */
  static long significand(long bits) {
    long magnitude = (bits & FRACTION_MASK) | (1L << FRACTION_BITS);
    long sign = bits >> 63;
    return (magnitude ^ sign) - sign;
  }
}
