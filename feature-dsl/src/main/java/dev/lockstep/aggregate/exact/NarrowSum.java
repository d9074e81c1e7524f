package dev.lockstep.aggregate.exact;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A sum of narrow doubles: a 128-bit two's complement integer in units of {@code 2^-72}.
 *
 * <pre>
 *   bit 127   126 125        64 63             0
 *      +----+----+-------------+----------------+
 *      |sign|     high         |      low       |
 *      +----+----+-------------+----------------+
 *           2^54            2^-8             2^-72
 *           one value is below 2^38: bit 110
 * </pre>
 *
 * The owner empties it into a {@link FixedPointSum} once it {@link #isLarge}, so that neither an
 * addition nor the merging of two that aren't can overflow.
 */
final class NarrowSum {

  private static final int UNIT_OFFSET = NarrowRange.UNIT_EXPONENT - DoubleSum.UNIT_EXPONENT;
  private static final int MAX_BITS = 126;

  private long high;
  private long low;

  /** Adds {@code significand * 2^shift} units: less than 2^110. */
  void add(long significand, int shift) {
    addWords(significand >> (63 - shift) >> 1, significand << shift);
  }

  void add(NarrowSum other) {
    addWords(other.high, other.low);
  }

  void subtract(NarrowSum other) {
    long oldLow = low;
    long newLow = oldLow - other.low;
    high -= other.high + Words.borrow(oldLow, other.low, newLow);
    low = newLow;
  }

  void clear() {
    high = 0;
    low = 0;
  }

  /** Returns whether the magnitude has more than 126 bits. */
  boolean isLarge() {
    return (high ^ (high << 1)) < 0;
  }

  boolean isZero() {
    return (high | low) == 0;
  }

  boolean isNegative() {
    return high < 0;
  }

  /** Returns the upper word of the absolute value. */
  long magnitudeHigh() {
    return high < 0 ? ~high + (low == 0 ? 1 : 0) : high;
  }

  /** Returns the lower word of the absolute value, unsigned. */
  long magnitudeLow() {
    return high < 0 ? -low : low;
  }

  /** Returns the sum, rounded once. */
  double doubleValue() {
    long upper = magnitudeHigh();
    long lower = magnitudeLow();
    double rounded = Rounding.nearestEven(upper, lower, NarrowRange.UNIT_EXPONENT);
    return high < 0 ? -rounded : rounded;
  }

  /** Returns the sum divided by a positive number, rounded once. */
  double dividedBy(long denominator) {
    return ExactRatio.round(
        high < 0, magnitudeHigh(), magnitudeLow(), false, denominator, NarrowRange.UNIT_EXPONENT);
  }

  Dyadic exactValue() {
    byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    return new Dyadic(new BigInteger(bytes), NarrowRange.UNIT_EXPONENT);
  }

  /** Moves all of it into a sum over the whole range of doubles. */
  void moveTo(FixedPointSum wide) {
    wide.addUnsigned(low, 1, UNIT_OFFSET);
    wide.addSigned(high, 1, UNIT_OFFSET + Long.SIZE);
    clear();
  }

  /** Takes the other's whole contents over if they fit; then the other is zero. */
  boolean takeFrom(FixedPointSum wide) {
    if (!wide.isWithin(UNIT_OFFSET, UNIT_OFFSET + MAX_BITS)) {
      return false;
    }
    BigInteger units = wide.bitsFrom(UNIT_OFFSET);
    addWords(units.shiftRight(Long.SIZE).longValue(), units.longValue());
    wide.clear();
    return true;
  }

  private void addWords(long addHigh, long addLow) {
    long oldLow = low;
    long newLow = oldLow + addLow;
    high += addHigh + Words.carry(oldLow, addLow, newLow);
    low = newLow;
  }
}
