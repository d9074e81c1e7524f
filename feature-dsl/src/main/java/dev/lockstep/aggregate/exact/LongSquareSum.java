package dev.lockstep.aggregate.exact;

import java.math.BigInteger;

/**
 * An exact sum of squares of longs: a 192-bit unsigned integer, starting at zero.
 *
 * <p>A square has at most 127 bits, so it cannot overflow before 2^65 additions.
 */
final class LongSquareSum {

  private long high;
  private long middle;
  private long low;

  /** Adds {@code value^2}. */
  void add(long value) {
    add(0, Math.multiplyHigh(value, value), value * value);
  }

  /** Takes {@code value^2} out again. */
  void subtract(long value) {
    subtract(0, Math.multiplyHigh(value, value), value * value);
  }

  void add(LongSquareSum other) {
    add(other.high, other.middle, other.low);
  }

  void subtract(LongSquareSum other) {
    subtract(other.high, other.middle, other.low);
  }

  void clear() {
    high = 0;
    middle = 0;
    low = 0;
  }

  /** Returns whether the sum has at most 128 bits: {@link #middle} and {@link #low}. */
  boolean fits128() {
    return high == 0;
  }

  long middle() {
    return middle;
  }

  long low() {
    return low;
  }

  BigInteger toBigInteger() {
    return IntegerBytes.unsigned(high)
        .shiftLeft(Long.SIZE)
        .or(IntegerBytes.unsigned(middle))
        .shiftLeft(Long.SIZE)
        .or(IntegerBytes.unsigned(low));
  }

  static LongSquareSum of(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 3 * Long.SIZE) {
      throw new IllegalArgumentException(
          "a sum of squares is 0 to 2^192 - 1, this one has "
              + value.bitLength()
              + " bits"
              + (value.signum() < 0 ? " and is negative" : "")
              + ": corrupt state");
    }
    LongSquareSum sum = new LongSquareSum();
    sum.low = value.longValue();
    sum.middle = value.shiftRight(Long.SIZE).longValue();
    sum.high = value.shiftRight(2 * Long.SIZE).longValue();
    return sum;
  }

  // With branches: squares of usual longs carry rarely, which is predicted, and costs nothing.

  private void add(long addHigh, long addMiddle, long addLow) {
    long newLow = low + addLow;
    long carry = Long.compareUnsigned(newLow, addLow) < 0 ? 1 : 0;
    long partial = middle + addMiddle;
    long newMiddle = partial + carry;
    high += addHigh;
    if (Long.compareUnsigned(partial, addMiddle) < 0) {
      high++;
    }
    if (carry != 0 && newMiddle == 0) {
      high++;
    }
    middle = newMiddle;
    low = newLow;
  }

  private void subtract(long subHigh, long subMiddle, long subLow) {
    long borrow = Long.compareUnsigned(low, subLow) < 0 ? 1 : 0;
    long partial = middle - subMiddle;
    high -= subHigh;
    if (Long.compareUnsigned(middle, subMiddle) < 0) {
      high--;
    }
    if (borrow != 0 && partial == 0) {
      high--;
    }
    middle = partial - borrow;
    low -= subLow;
  }
}
