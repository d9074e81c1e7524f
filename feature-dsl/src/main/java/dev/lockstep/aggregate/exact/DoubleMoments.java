package dev.lockstep.aggregate.exact;

import java.math.BigInteger;

/**
 * The exact count, sum and sum of squares of finite doubles, over the whole double range: squares
 * from {@code 2^-2148} to {@code 2^2048}. Where no variance is wanted, {@link DoubleMean} costs a
 * third.
 *
 * <p>Not thread-safe; reading normalises the inside, so reads are no exception.
 */
public final class DoubleMoments implements Moments {

  /** The square of the smallest subnormal is {@code 2^-2148}. */
  private static final int SQUARE_UNIT_EXPONENT = -2148;

  private static final int PART_BITS = 53;
  private static final long PART_MASK = (1L << PART_BITS) - 1;

  private final DoubleMean mean;
  private final FixedPointSum squares = new FixedPointSum(SQUARE_UNIT_EXPONENT);

  /** Creates empty moments. */
  public DoubleMoments() {
    this(new DoubleMean());
  }

  private DoubleMoments(DoubleMean mean) {
    this.mean = mean;
  }

  /**
   * Adds one value.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  public void add(double value) {
    mean.add(value);
    addSquare(value, 1);
  }

  /**
   * Takes out one value that was added.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   * @throws IllegalStateException if n = 0
   */
  public void subtract(double value) {
    mean.subtract(value);
    addSquare(value, -1);
  }

  /** Adds all that the other holds. */
  public void add(DoubleMoments other) {
    mean.add(other.mean);
    squares.add(other.squares, 1);
  }

  /**
   * Takes out all that the other holds.
   *
   * @throws IllegalStateException if the other holds more values than this
   */
  public void subtract(DoubleMoments other) {
    mean.subtract(other.mean);
    squares.add(other.squares, -1);
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
    FixedPointSum sums = mean.exactSum().fixedPoint();
    BigInteger sum = sums.significand();
    BigInteger sumSquared = sum.multiply(sum);
    BigInteger scaledSquares = squares.significand().multiply(BigInteger.valueOf(n));
    // Both in units of 2^-2148, times their trimmed zeros: bring them to the lower offset.
    int squareOffset = squares.trimmedOffset();
    int sumOffset = sum.signum() == 0 ? squareOffset : 2 * sums.trimmedOffset();
    int offset = Math.min(sumOffset, squareOffset);
    BigInteger numerator =
        scaledSquares
            .shiftLeft(squareOffset - offset)
            .subtract(sumSquared.shiftLeft(sumOffset - offset));
    BigInteger pairs = BigInteger.valueOf(n).multiply(BigInteger.valueOf(m));
    return ExactRatio.round(numerator, pairs, offset + SQUARE_UNIT_EXPONENT);
  }

  private void addSquare(double value, int sign) {
    long significand = DoubleParts.significand(value);
    if (significand == 0) {
      return;
    }
    // A square of up to 106 bits, as two parts of 53.
    long low = significand * significand;
    long high = Math.multiplyHigh(significand, significand);
    int offset = 2 * DoubleParts.bitOffset(value);
    squares.add(sign * (low & PART_MASK), offset);
    squares.add(
        sign * ((high << (Long.SIZE - PART_BITS)) | (low >>> PART_BITS)), offset + PART_BITS);
  }

  /** Returns the canonical bytes; equal contents have equal bytes. */
  public byte[] toBytes() {
    return MeanBytes.encode(count(), mean.exactSum().toBytes(), FixedPointBytes.encode(squares));
  }

  /**
   * Returns the moments that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not those of moments
   */
  public static DoubleMoments fromBytes(byte[] bytes) {
    MeanBytes parts = MeanBytes.decode(bytes);
    DoubleMoments moments = new DoubleMoments(DoubleMean.fromParts(parts));
    FixedPointBytes.decode(parts.rest(), moments.squares);
    return moments;
  }
}
