package dev.lockstep.aggregate.exact;

import java.math.BigInteger;

/**
 * The exact count, sum and sum of squares of longs, or of decimals held as scaled longs ({@code
 * unscaled * 10^-scale}). Where no variance is wanted, {@link LongMean} costs less.
 *
 * <p>Not thread-safe.
 */
public final class LongMoments implements Moments {

  /** With {@code n unit} up to this, {@code n^2 unit^2} is a long. */
  private static final long MAX_NARROW = 1L << 31;

  private final LongMean mean;
  private final LongSquareSum squares;

  /** Creates empty moments of integers. */
  public LongMoments() {
    this(0);
  }

  /**
   * Creates empty moments of decimals.
   *
   * @param scale digits after the point, 0 to 18
   * @throws IllegalArgumentException if the scale is outside that range
   */
  public LongMoments(int scale) {
    this(new LongMean(scale), new LongSquareSum());
  }

  private LongMoments(LongMean mean, LongSquareSum squares) {
    this.mean = mean;
    this.squares = squares;
  }

  /** Adds one (unscaled) value. */
  public void add(long value) {
    mean.add(value);
    squares.add(value);
  }

  /**
   * Takes out one value that was added.
   *
   * @throws IllegalStateException if n = 0
   */
  public void subtract(long value) {
    mean.subtract(value);
    squares.subtract(value);
  }

  /**
   * Adds all that the other holds.
   *
   * @throws IllegalArgumentException if the scales differ
   */
  public void add(LongMoments other) {
    mean.add(other.mean);
    squares.add(other.squares);
  }

  /**
   * Takes out all that the other holds.
   *
   * @throws IllegalArgumentException if the scales differ
   * @throws IllegalStateException if the other holds more values than this
   */
  public void subtract(LongMoments other) {
    mean.subtract(other.mean);
    squares.subtract(other.squares);
  }

  /** Forgets all values. */
  public void clear() {
    mean.clear();
    squares.clear();
  }

  @Override
  public long count() {
    return mean.count();
  }

  /** Returns whether the unscaled sum is in the range of long. */
  public boolean fitsLong() {
    return mean.fitsLong();
  }

  /**
   * Returns the exact unscaled sum; 0 for no values.
   *
   * @throws ArithmeticException if it is outside the range of long; ask {@link #fitsLong} first
   */
  public long unscaledSum() {
    return mean.unscaledSum();
  }

  @Override
  public double sum() {
    return mean.sum();
  }

  @Override
  public double mean() {
    return mean.mean();
  }

  @Override
  public double populationVariance() {
    long n = count();
    Counts.require(n, 1, "population variance");
    return variance(n);
  }

  @Override
  public double sampleVariance() {
    long n = count();
    Counts.require(n, 2, "sample variance");
    return variance(n - 1);
  }

  /** Returns {@code (n S2 - S1^2) / (n m)}, rounded once, where m is n or n - 1. */
  private double variance(long m) {
    long n = count();
    long unit = mean.scale().unit();
    if (mean.fitsLong() && squares.fits128() && n <= MAX_NARROW && unit <= MAX_NARROW) {
      long units = n * unit;
      if (units <= MAX_NARROW) {
        return narrowVariance(n, units * (m * unit));
      }
    }
    BigInteger sum = mean.exactSum().toBigInteger();
    BigInteger numerator =
        squares.toBigInteger().multiply(BigInteger.valueOf(n)).subtract(sum.multiply(sum));
    BigInteger units = BigInteger.valueOf(unit).pow(2);
    BigInteger pairs = BigInteger.valueOf(n).multiply(BigInteger.valueOf(m));
    return ExactRatio.round(numerator, pairs.multiply(units));
  }

  /** The same with S1 in one word and S2 in two, so that the numerator has three. */
  private double narrowVariance(long n, long denominator) {
    long sum = mean.unscaledSum();
    long square = sum * sum;
    long squareHigh = Math.multiplyHigh(sum, sum);
    long low = squares.low();
    long middle = squares.middle();
    long p0 = low * n;
    long h0 = Words.multiplyHighUnsigned(low, n);
    long l1 = middle * n;
    long p1 = l1 + h0;
    long p2 = Words.multiplyHighUnsigned(middle, n) + Words.carry(l1, h0, p1);
    long d0 = p0 - square;
    long borrow = Words.borrow(p0, square, d0);
    long d1 = p1 - squareHigh - borrow;
    long d2 = p2 - Words.borrow(p1, squareHigh, d1);
    if ((d2 | d1) == 0 && d0 >= 0) {
      return ExactRatio.round(d0, denominator);
    }
    return ExactRatio.round(d2, d1, d0, denominator, 0);
  }

  /** Returns the canonical bytes; equal contents have equal bytes. The scale is not in them. */
  public byte[] toBytes() {
    return MeanBytes.encode(
        count(), mean.exactSum().toBytes(), IntegerBytes.encode(squares.toBigInteger()));
  }

  /**
   * Returns the moments that {@link #toBytes} wrote.
   *
   * @param scale the scale they were created with
   * @throws IllegalArgumentException if the bytes are not those of moments
   */
  public static LongMoments fromBytes(int scale, byte[] bytes) {
    MeanBytes parts = MeanBytes.decode(bytes);
    LongMoments moments =
        new LongMoments(
            LongMean.fromParts(scale, parts), LongSquareSum.of(IntegerBytes.decode(parts.rest())));
    BigInteger sum = moments.mean.exactSum().toBigInteger();
    BigInteger squares = moments.squares.toBigInteger();
    if (squares.multiply(BigInteger.valueOf(parts.count())).compareTo(sum.multiply(sum)) < 0) {
      throw new IllegalArgumentException(
          "squares too small for their sum: no numbers have such moments; corrupt state");
    }
    return moments;
  }
}
