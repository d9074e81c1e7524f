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

  private final DoubleMean mean;
  private final DoubleProductSum squares = new DoubleProductSum();

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
    squares.add(value, value);
  }

  /**
   * Takes out one value that was added.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   * @throws IllegalStateException if n = 0
   */
  public void subtract(double value) {
    mean.subtract(value);
    squares.subtract(value, value);
  }

  /** Adds all that the other holds. */
  public void add(DoubleMoments other) {
    mean.add(other.mean);
    squares.add(other.squares);
  }

  /**
   * Takes out all that the other holds.
   *
   * @throws IllegalStateException if the other holds more values than this
   */
  public void subtract(DoubleMoments other) {
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
    DoubleSum sum = mean.exactSum();
    if (n <= NarrowVariance.MAX_COUNT && sum.isNarrow() && squares.isNarrow()) {
      NarrowProductSum narrowSquares = squares.narrow();
      if (!narrowSquares.isNegative()) {
        double variance = NarrowVariance.of(n, m, sum.narrow(), narrowSquares);
        if (variance >= 0) {
          return variance;
        }
      }
    }
    return numerator().dividedBy(BigInteger.valueOf(n).multiply(BigInteger.valueOf(m)));
  }

  /** Returns {@code n S2 - S1^2}. */
  private Dyadic numerator() {
    return squares.exactValue().times(count()).minus(mean.exactSum().exactValue().square());
  }

  /** Returns the canonical bytes; equal contents have equal bytes. */
  public byte[] toBytes() {
    return MeanBytes.encode(count(), mean.exactSum().toBytes(), squares.toBytes());
  }

  /**
   * Returns the moments that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not those of moments
   */
  public static DoubleMoments fromBytes(byte[] bytes) {
    MeanBytes parts = MeanBytes.decode(bytes);
    DoubleMoments moments = new DoubleMoments(DoubleMean.fromParts(parts));
    moments.squares.addBytes(parts.rest());
    if (moments.numerator().signum() < 0) {
      throw new IllegalArgumentException(
          "squares too small for their sum: no numbers have such moments; corrupt state");
    }
    return moments;
  }
}
