package dev.lockstep.aggregate.exact;

import java.math.BigInteger;

/**
 * An exact sum of longs: a 128-bit two's complement integer, starting at zero.
 *
 * <p>It cannot overflow before 2^64 additions. Not thread-safe.
 */
public final class LongSum {

  private static final BigInteger MIN = BigInteger.ONE.shiftLeft(127).negate();
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);

  private long high;
  private long low;

  /** Adds one value. */
  public void add(long value) {
    long sum = low + value;
    high += (value >> 63) + (isBelow(sum, value) ? 1 : 0);
    low = sum;
  }

  /** Takes one value out again: after {@code add(v)}, {@code subtract(v)} restores the state. */
  public void subtract(long value) {
    high -= (value >> 63) + (isBelow(low, value) ? 1 : 0);
    low -= value;
  }

  /** Adds all that the other sum holds; the other may be this one. */
  public void add(LongSum other) {
    long sum = low + other.low;
    high += other.high + (isBelow(sum, other.low) ? 1 : 0);
    low = sum;
  }

  /** Takes out all that the other sum holds; the other may be this one. */
  public void subtract(LongSum other) {
    high -= other.high + (isBelow(low, other.low) ? 1 : 0);
    low -= other.low;
  }

  /** Sets the sum to zero. */
  public void clear() {
    high = 0;
    low = 0;
  }

  /** Returns whether the sum is zero. */
  public boolean isZero() {
    return (high | low) == 0;
  }

  /** Returns whether the sum is in the range of long. */
  public boolean fitsLong() {
    return high == low >> 63;
  }

  /**
   * Returns the sum.
   *
   * @throws ArithmeticException if it is outside the range of long; ask {@link #fitsLong} first
   */
  public long longValue() {
    if (!fitsLong()) {
      throw new ArithmeticException(
          "sum " + toBigInteger() + " does not fit a long; ask fitsLong() first");
    }
    return low;
  }

  /** Returns the sum, rounded once to the nearest double, ties to even. */
  public double doubleValue() {
    return fitsLong() ? (double) low : dividedBy(1);
  }

  /** Returns the sum divided by a positive number, rounded once. */
  double dividedBy(long denominator) {
    if (fitsLong()) {
      return ExactRatio.round(low, denominator);
    }
    boolean negative = high < 0;
    long magnitudeLow = negative ? -low : low;
    long magnitudeHigh = negative ? ~high + (low == 0 ? 1 : 0) : high;
    return ExactRatio.round(negative, magnitudeHigh, magnitudeLow, false, denominator, 0);
  }

  /** Returns the sum as an integer without bounds. */
  BigInteger toBigInteger() {
    return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(IntegerBytes.unsigned(low));
  }

  /** Returns the canonical bytes: the shortest big-endian two's complement, none for zero. */
  public byte[] toBytes() {
    return IntegerBytes.encode(toBigInteger());
  }

  /**
   * Returns the sum that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not a canonical sum
   */
  public static LongSum fromBytes(byte[] bytes) {
    BigInteger value = IntegerBytes.decode(bytes);
    if (value.compareTo(MIN) < 0 || value.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "a LongSum has at most 16 bytes, got " + bytes.length + ": not the bytes of a LongSum");
    }
    LongSum sum = new LongSum();
    sum.low = value.longValue();
    sum.high = value.shiftRight(Long.SIZE).longValue();
    return sum;
  }

  @Override
  public String toString() {
    return toBigInteger().toString();
  }

  /** Unsigned: a wrapped sum is below its addend, a subtraction wraps if the minuend is below. */
  private static boolean isBelow(long left, long right) {
    return Long.compareUnsigned(left, right) < 0;
  }
}
