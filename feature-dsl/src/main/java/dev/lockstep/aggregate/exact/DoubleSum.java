package dev.lockstep.aggregate.exact;

/**
 * An exact sum of finite doubles, starting at zero, over the whole double range, subnormals
 * included, for any number of additions.
 *
 * <p>The sum is that of two parts: 128 bits for the usual magnitudes ({@link NarrowRange}), and a
 * superaccumulator for all others, which also takes what would overflow the 128 bits. Reading moves
 * all into the first part if it fits there, else into the second; so a sum is read fast again as
 * soon as an outlier has left it.
 *
 * <p>-0.0 counts as 0.0. Not thread-safe; reading normalises the inside, so reads are no exception.
 */
public final class DoubleSum {

  /** The smallest subnormal is {@code 2^-1074}; every double is a multiple of it. */
  static final int UNIT_EXPONENT = -1074;

  private final NarrowSum narrow = new NarrowSum();
  private final FixedPointSum wide = new FixedPointSum(UNIT_EXPONENT);

  /** Whether the wide part may be other than zero. */
  private boolean wideUsed;

  /**
   * Adds one value.
   *
   * @throws IllegalArgumentException if it is NaN or infinite; such inputs count as null (C6), and
   *     the caller filters them
   */
  public void add(double value) {
    step(value, 1);
  }

  /**
   * Takes one value out again: after {@code add(v)}, {@code subtract(v)} restores the state.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  public void subtract(double value) {
    step(value, -1);
  }

  /** Adds {@code sign * value}, the sign 1 or -1. */
  void step(double value, int sign) {
    long bits = Double.doubleToRawLongBits(value);
    int shift = NarrowRange.shift(bits);
    if (NarrowRange.holds(shift)) {
      narrow.add(sign * NarrowRange.significand(bits), shift);
      spillIfLarge();
    } else {
      stepExact(DoubleParts.significand(value), DoubleParts.bitOffset(value), sign);
    }
  }

  /** Adds all that the other sum holds; the other may be this one. */
  public void add(DoubleSum other) {
    narrow.add(other.narrow);
    addWide(other, 1);
  }

  /** Takes out all that the other sum holds; the other may be this one. */
  public void subtract(DoubleSum other) {
    narrow.subtract(other.narrow);
    addWide(other, -1);
  }

  /** Sets the sum to zero. */
  public void clear() {
    narrow.clear();
    wide.clear();
    wideUsed = false;
  }

  /** Returns whether the exact sum is zero. */
  public boolean isZero() {
    return isNarrow() && narrow.isZero();
  }

  /**
   * Returns the sum, rounded once to the nearest double, ties to even: infinite if it lies beyond
   * the double range, +0.0 if it is zero.
   */
  public double doubleValue() {
    return isNarrow() ? narrow.doubleValue() : wide.dividedBy(1);
  }

  /** Returns the exact sum divided by a positive number, rounded once. */
  double dividedBy(long denominator) {
    return isNarrow() ? narrow.dividedBy(denominator) : wide.dividedBy(denominator);
  }

  /** Adds {@code sign * significand * 2^bitOffset} units, for a significand of any size. */
  void stepExact(long significand, int bitOffset, int sign) {
    if (significand != 0) {
      wide.addSigned(significand, sign, bitOffset);
      wideUsed = true;
    }
  }

  /** Returns whether {@link #narrow} is the whole sum, after taking over what fits it. */
  boolean isNarrow() {
    return !wideUsed || narrowAgain();
  }

  NarrowSum narrow() {
    return narrow;
  }

  /** Returns the whole sum. */
  Dyadic exactValue() {
    return isNarrow() ? narrow.exactValue() : wide.exactValue();
  }

  /**
   * Returns the canonical bytes: none for zero, else two bytes with the position of the lowest set
   * bit, in units of {@code 2^-1074}, then the bits from there up as big-endian two's complement.
   * Equal sums have equal bytes, however they came about.
   */
  public byte[] toBytes() {
    return FixedPointBytes.encode(exactValue(), UNIT_EXPONENT);
  }

  /**
   * Returns the sum that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not a canonical sum
   */
  public static DoubleSum fromBytes(byte[] bytes) {
    DoubleSum result = new DoubleSum();
    FixedPointBytes.decode(bytes, result.wide);
    result.wideUsed = true;
    return result;
  }

  @Override
  public String toString() {
    return Double.toString(doubleValue());
  }

  private void addWide(DoubleSum other, int sign) {
    if (other.wideUsed) {
      wide.add(other.wide, sign);
      wideUsed = true;
    }
    spillIfLarge();
  }

  private void spillIfLarge() {
    if (narrow.isLarge()) {
      narrow.moveTo(wide);
      wideUsed = true;
    }
  }

  private boolean narrowAgain() {
    narrow.moveTo(wide);
    wideUsed = !narrow.takeFrom(wide);
    return !wideUsed;
  }
}
