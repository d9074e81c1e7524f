package dev.lockstep.aggregate.exact;

/** A finite double as an exact integer: {@code significand * 2^bitOffset * 2^-1074}. */
final class DoubleParts {

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
  private static final int MAX_EXPONENT_FIELD = 0x7FF;

  private DoubleParts() {}

  /**
   * Returns the signed significand, of at most 53 bits; 0 for 0.0 and -0.0.
   *
   * @throws IllegalArgumentException if the value is NaN or infinite
   */
  static long significand(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int field = exponentField(bits);
    if (field == MAX_EXPONENT_FIELD) {
      throw new IllegalArgumentException(
          "cannot sum " + value + ": treat NaN and infinite inputs as null before adding");
    }
    long magnitude = (bits & FRACTION_MASK) | (field == 0 ? 0 : 1L << FRACTION_BITS);
    return bits < 0 ? -magnitude : magnitude;
  }

  /** Returns the position of the significand's lowest bit, 0 to 2045. */
  static int bitOffset(double value) {
    // Subnormals (field 0) and the smallest normals (field 1) both count in units of 2^-1074.
    return Math.max(0, exponentField(Double.doubleToRawLongBits(value)) - 1);
  }

  private static int exponentField(long bits) {
    return (int) (bits >>> FRACTION_BITS) & MAX_EXPONENT_FIELD;
  }
}
