package dev.lockstep.aggregate.exact;

/**
 * An exact sum of products of two finite doubles, squares among them, over the whole range: {@code
 * 2^-2148} to {@code 2^2048}.
 *
 * <p>The sum is that of two parts, as in {@link DoubleSum}.
 */
final class DoubleProductSum {

  /** The square of the smallest subnormal is {@code 2^-2148}. */
  static final int UNIT_EXPONENT = 2 * DoubleSum.UNIT_EXPONENT;

  private final NarrowProductSum narrow = new NarrowProductSum();
  private final FixedPointSum wide = new FixedPointSum(UNIT_EXPONENT);
  private boolean wideUsed;

  /**
   * Adds {@code x y}.
   *
   * @throws IllegalArgumentException if one is NaN or infinite
   */
  void add(double x, double y) {
    step(x, y, 1);
  }

  /**
   * Takes {@code x y} out again.
   *
   * @throws IllegalArgumentException if one is NaN or infinite
   */
  void subtract(double x, double y) {
    step(x, y, -1);
  }

  /** Adds {@code sign x y}, the sign 1 or -1. */
  void step(double x, double y, int sign) {
    long xBits = Double.doubleToRawLongBits(x);
    long yBits = Double.doubleToRawLongBits(y);
    int xShift = NarrowRange.shift(xBits);
    int yShift = NarrowRange.shift(yBits);
    if (NarrowRange.holds(xShift) && NarrowRange.holds(yShift)) {
      long left = sign * NarrowRange.significand(xBits);
      narrow.add(left, NarrowRange.significand(yBits), xShift + yShift);
      spillIfLarge();
    } else {
      long left = DoubleParts.significand(x);
      long right = DoubleParts.significand(y);
      stepExact(left, DoubleParts.bitOffset(x), right, DoubleParts.bitOffset(y), sign);
    }
  }

  /**
   * Adds {@code sign left 2^leftOffset right 2^rightOffset} units, for significands of any size.
   */
  void stepExact(long left, int leftOffset, long right, int rightOffset, int sign) {
    if (left != 0 && right != 0) {
      int offset = leftOffset + rightOffset;
      wide.addUnsigned(left * right, sign, offset);
      wide.addSigned(Math.multiplyHigh(left, right), sign, offset + Long.SIZE);
      wideUsed = true;
    }
  }

  /** Adds all that the other sum holds; the other may be this one. */
  void add(DoubleProductSum other) {
    narrow.add(other.narrow);
    addWide(other, 1);
  }

  /** Takes out all that the other sum holds; the other may be this one. */
  void subtract(DoubleProductSum other) {
    narrow.subtract(other.narrow);
    addWide(other, -1);
  }

  void clear() {
    narrow.clear();
    wide.clear();
    wideUsed = false;
  }

  /** Returns whether {@link #narrow} is the whole sum, after taking over what fits it. */
  boolean isNarrow() {
    return !wideUsed || narrowAgain();
  }

  NarrowProductSum narrow() {
    return narrow;
  }

  /** Returns the whole sum. */
  Dyadic exactValue() {
    return isNarrow() ? narrow.exactValue() : wide.exactValue();
  }

  /** Returns the canonical bytes, those of {@link FixedPointBytes}. */
  byte[] toBytes() {
    return FixedPointBytes.encode(exactValue(), UNIT_EXPONENT);
  }

  /** Adds what {@link #toBytes} wrote. */
  void addBytes(byte[] bytes) {
    FixedPointBytes.decode(bytes, wide);
    wideUsed = true;
  }

  private void addWide(DoubleProductSum other, int sign) {
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
