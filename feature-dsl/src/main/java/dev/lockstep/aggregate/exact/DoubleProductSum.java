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
    long xBits = Double.doubleToRawLongBits(x);
    long yBits = Double.doubleToRawLongBits(y);
    int xShift = NarrowRange.shift(xBits);
    int yShift = NarrowRange.shift(yBits);
    if (NarrowRange.holds(xShift) && NarrowRange.holds(yShift)) {
      narrow.add(NarrowRange.significand(xBits), NarrowRange.significand(yBits), xShift + yShift);
      spillIfLarge();
    } else {
      addExact(
          DoubleParts.significand(x),
          DoubleParts.bitOffset(x),
          DoubleParts.significand(y),
          DoubleParts.bitOffset(y));
    }
  }

  /**
   * Takes {@code x y} out again.
   *
   * @throws IllegalArgumentException if one is NaN or infinite
   */
  void subtract(double x, double y) {
    long xBits = Double.doubleToRawLongBits(x);
    long yBits = Double.doubleToRawLongBits(y);
    int xShift = NarrowRange.shift(xBits);
    int yShift = NarrowRange.shift(yBits);
    if (NarrowRange.holds(xShift) && NarrowRange.holds(yShift)) {
      narrow.add(-NarrowRange.significand(xBits), NarrowRange.significand(yBits), xShift + yShift);
      spillIfLarge();
    } else {
      addExact(
          -DoubleParts.significand(x),
          DoubleParts.bitOffset(x),
          DoubleParts.significand(y),
          DoubleParts.bitOffset(y));
    }
  }

  /** Adds {@code left 2^leftOffset right 2^rightOffset} units, whatever the significands' size. */
  void addExact(long left, int leftOffset, long right, int rightOffset) {
    if (left != 0 && right != 0) {
      int offset = leftOffset + rightOffset;
      wide.addUnsigned(left * right, offset);
      wide.addSigned(Math.multiplyHigh(left, right), offset + Long.SIZE);
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
  FixedPointSum whole() {
    narrow.moveTo(wide);
    wideUsed = true;
    return wide;
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
