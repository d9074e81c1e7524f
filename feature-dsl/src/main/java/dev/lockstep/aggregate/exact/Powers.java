package dev.lockstep.aggregate.exact;

/**
 * The exact sums S1 to S4 of the first four powers of longs and finite doubles, for skewness and
 * kurtosis.
 *
 * <p>The central sums are those of the powers of {@code n x - S1}, over n:
 *
 * <pre>
 *   M2 = n S2 - S1^2                                        (n^2 m2)
 *   M3 = n^2 S3 - 3 n S1 S2 + 2 S1^3                        (n^3 m3)
 *   M4 = n^3 S4 - 4 n^2 S1 S3 + 6 n S1^2 S2 - 3 S1^4        (n^4 m4)
 * </pre>
 *
 * where mk is the k-th central moment; in the results, n cancels. Not thread-safe; reading
 * normalises the inside, so reads are no exception.
 */
public final class Powers {

  /** Longs count units of {@code 2^0}. */
  private static final int LONG_OFFSET = -DoubleSum.UNIT_EXPONENT;

  private final FixedPointSum first = new FixedPointSum(DoubleSum.UNIT_EXPONENT);
  private final FixedPointSum second = new FixedPointSum(2 * DoubleSum.UNIT_EXPONENT);
  private final FixedPointSum third = new FixedPointSum(3 * DoubleSum.UNIT_EXPONENT);
  private final FixedPointSum fourth = new FixedPointSum(4 * DoubleSum.UNIT_EXPONENT);
  private long count;

  /** Adds one value. */
  public void add(long value) {
    step(value, LONG_OFFSET, 1);
    count++;
  }

  /**
   * Adds one value.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  public void add(double value) {
    step(DoubleParts.significand(value), DoubleParts.bitOffset(value), 1);
    count++;
  }

  /**
   * Takes out one value that was added.
   *
   * @throws IllegalStateException if n = 0
   */
  public void subtract(long value) {
    count = Counts.less(count, 1);
    step(value, LONG_OFFSET, -1);
  }

  /**
   * Takes out one value that was added.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   * @throws IllegalStateException if n = 0
   */
  public void subtract(double value) {
    long significand = DoubleParts.significand(value);
    count = Counts.less(count, 1);
    step(significand, DoubleParts.bitOffset(value), -1);
  }

  /** Forgets all values. */
  public void clear() {
    first.clear();
    second.clear();
    third.clear();
    fourth.clear();
    count = 0;
  }

  /** Returns n, the number of values held. */
  public long count() {
    return count;
  }

  /** Returns whether two values differ; if not, there is neither skewness nor kurtosis. */
  public boolean hasVariance() {
    return secondCentral().signum() != 0;
  }

  /**
   * Returns the population skewness g1, {@code m3 / m2^(3/2)}: the square root of {@code m3^2 /
   * m2^3} rounded once, with the sign of m3.
   *
   * @throws IllegalStateException if all values are equal; ask {@link #hasVariance} first
   */
  public double skewness() {
    Dyadic m2 = requireVariance("skewness");
    Dyadic s1 = first.exactValue();
    Dyadic s2 = second.exactValue();
    Dyadic s3 = third.exactValue();
    Dyadic m3 =
        s3.times(count)
            .minus(s1.times(s2).times(3))
            .times(count)
            .plus(s1.square().times(s1).times(2));
    return Rounding.signedRoot(m3.signum(), m3.square().dividedBy(m2.square().times(m2)));
  }

  /**
   * Returns the population excess kurtosis g2, {@code m4 / m2^2 - 3}, rounded once; 0 is that of
   * the normal distribution.
   *
   * @throws IllegalStateException if all values are equal; ask {@link #hasVariance} first
   */
  public double kurtosis() {
    Dyadic m2 = requireVariance("kurtosis");
    Dyadic s1 = first.exactValue();
    Dyadic s2 = second.exactValue();
    Dyadic s3 = third.exactValue();
    Dyadic s4 = fourth.exactValue();
    Dyadic square = s1.square();
    Dyadic m4 =
        s4.times(count)
            .minus(s1.times(s3).times(4))
            .times(count)
            .plus(square.times(s2).times(6))
            .times(count)
            .minus(square.square().times(3));
    Dyadic m2Square = m2.square();
    return m4.minus(m2Square.times(3)).dividedBy(m2Square);
  }

  private Dyadic secondCentral() {
    return second.exactValue().times(count).minus(first.exactValue().square());
  }

  private Dyadic requireVariance(String result) {
    Dyadic m2 = secondCentral();
    if (m2.signum() == 0) {
      throw new IllegalStateException(
          result + " needs values that differ; check hasVariance() first");
    }
    return m2;
  }

  /** Adds sign times the powers of {@code value * 2^bitOffset} units. */
  private void step(long value, int bitOffset, int sign) {
    if (value == 0) {
      return;
    }
    int odd = value < 0 ? -sign : sign;
    long a = Math.abs(value); // unsigned: 2^63 for the smallest long
    first.addUnsigned(a, odd, bitOffset);
    long low = a * a;
    long high = Words.multiplyHighUnsigned(a, a);
    int offset = 2 * bitOffset;
    second.addUnsigned(low, sign, offset);
    second.addUnsigned(high, sign, offset + Long.SIZE);
    // a^3 = high a 2^64 + low a, a^4 = high^2 2^128 + 2 high low 2^64 + low^2
    offset += bitOffset;
    addProduct(third, low, a, odd, offset);
    addProduct(third, high, a, odd, offset + Long.SIZE);
    offset += bitOffset;
    addProduct(fourth, low, low, sign, offset);
    addProduct(fourth, high, low, sign, offset + Long.SIZE + 1);
    addProduct(fourth, high, high, sign, offset + 2 * Long.SIZE);
  }

  private static void addProduct(FixedPointSum sum, long a, long b, int sign, int bitOffset) {
    sum.addUnsigned(a * b, sign, bitOffset);
    sum.addUnsigned(Words.multiplyHighUnsigned(a, b), sign, bitOffset + Long.SIZE);
  }
}
