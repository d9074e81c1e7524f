package dev.lockstep.aggregate.exact;

/**
 * An exact sum of finite doubles, starting at zero: a superaccumulator over the whole double range,
 * subnormals included, for any number of additions.
 *
 * <p>-0.0 counts as 0.0. Not thread-safe; reading normalises the inside, so reads are no exception.
 */
public final class DoubleSum {

  /** The smallest subnormal is {@code 2^-1074}; every double is a multiple of it. */
  private static final int UNIT_EXPONENT = -1074;

  private final FixedPointSum sum = new FixedPointSum(UNIT_EXPONENT);

  /**
   * Adds one value.
   *
   * @throws IllegalArgumentException if it is NaN or infinite; such inputs count as null (C6), and
   *     the caller filters them
   */
  public void add(double value) {
    long significand = DoubleParts.significand(value);
    if (significand != 0) {
      sum.add(significand, DoubleParts.bitOffset(value));
    }
  }

  /**
   * Takes one value out again: after {@code add(v)}, {@code subtract(v)} restores the state.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  public void subtract(double value) {
    long significand = DoubleParts.significand(value);
    if (significand != 0) {
      sum.add(-significand, DoubleParts.bitOffset(value));
    }
  }

  /** Adds all that the other sum holds; the other may be this one. */
  public void add(DoubleSum other) {
    sum.add(other.sum, 1);
  }

  /** Takes out all that the other sum holds; the other may be this one. */
  public void subtract(DoubleSum other) {
    sum.add(other.sum, -1);
  }

  /** Sets the sum to zero. */
  public void clear() {
    sum.clear();
  }

  /** Returns whether the exact sum is zero. */
  public boolean isZero() {
    return sum.isZero();
  }

  /**
   * Returns the sum, rounded once to the nearest double, ties to even: infinite if it lies beyond
   * the double range, +0.0 if it is zero.
   */
  public double doubleValue() {
    return sum.dividedBy(1);
  }

  /** Returns the exact sum divided by a positive number, rounded once. */
  double dividedBy(long denominator) {
    return sum.dividedBy(denominator);
  }

  FixedPointSum fixedPoint() {
    return sum;
  }

  /**
   * Returns the canonical bytes: none for zero, else two bytes with the position of the lowest set
   * bit, in units of {@code 2^-1074}, then the bits from there up as big-endian two's complement.
   * Equal sums have equal bytes, however they came about.
   */
  public byte[] toBytes() {
    return FixedPointBytes.encode(sum);
  }

  /**
   * Returns the sum that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not a canonical sum
   */
  public static DoubleSum fromBytes(byte[] bytes) {
    DoubleSum result = new DoubleSum();
    FixedPointBytes.decode(bytes, result.sum);
    return result;
  }

  @Override
  public String toString() {
    return Double.toString(doubleValue());
  }
}
