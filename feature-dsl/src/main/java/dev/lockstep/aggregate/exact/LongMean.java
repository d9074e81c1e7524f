package dev.lockstep.aggregate.exact;

import java.math.BigInteger;

/**
 * The exact count and sum of longs, or of decimals held as scaled longs ({@code unscaled *
 * 10^-scale}).
 *
 * <p>Not thread-safe.
 */
public final class LongMean implements Mean {

  private final LongSum sum;
  private final DecimalScale scale;
  private long count;

  /** Creates an empty mean of integers. */
  public LongMean() {
    this(0);
  }

  /**
   * Creates an empty mean of decimals.
   *
   * @param scale digits after the point, 0 to 18
   * @throws IllegalArgumentException if the scale is outside that range
   */
  public LongMean(int scale) {
    this(new DecimalScale(scale), 0, new LongSum());
  }

  private LongMean(DecimalScale scale, long count, LongSum sum) {
    this.scale = scale;
    this.count = count;
    this.sum = sum;
  }

  /** Adds one (unscaled) value. */
  public void add(long value) {
    count++;
    sum.add(value);
  }

  /**
   * Takes out one value that was added.
   *
   * @throws IllegalStateException if n = 0
   */
  public void subtract(long value) {
    count = Counts.less(count, 1);
    sum.subtract(value);
  }

  /**
   * Adds all that the other holds.
   *
   * @throws IllegalArgumentException if the scales differ
   */
  public void add(LongMean other) {
    scale.requireSame(other.scale);
    count += other.count;
    sum.add(other.sum);
  }

  /**
   * Takes out all that the other holds.
   *
   * @throws IllegalArgumentException if the scales differ
   * @throws IllegalStateException if the other holds more values than this
   */
  public void subtract(LongMean other) {
    scale.requireSame(other.scale);
    count = Counts.less(count, other.count);
    sum.subtract(other.sum);
  }

  /** Forgets all values. */
  public void clear() {
    count = 0;
    sum.clear();
  }

  @Override
  public long count() {
    return count;
  }

  /** Returns whether the unscaled sum is in the range of long. */
  public boolean fitsLong() {
    return sum.fitsLong();
  }

  /**
   * Returns the exact unscaled sum; 0 for no values.
   *
   * @throws ArithmeticException if it is outside the range of long; ask {@link #fitsLong} first
   */
  public long unscaledSum() {
    return sum.longValue();
  }

  @Override
  public double sum() {
    return sum.dividedBy(scale.unit());
  }

  @Override
  public double mean() {
    Counts.require(count, 1, "mean");
    long unit = scale.unit();
    long denominator = count * unit;
    if (Math.multiplyHigh(count, unit) == 0 && denominator > 0) {
      return sum.dividedBy(denominator);
    }
    return ExactRatio.round(
        sum.toBigInteger(), BigInteger.valueOf(count).multiply(BigInteger.valueOf(unit)));
  }

  LongSum exactSum() {
    return sum;
  }

  DecimalScale scale() {
    return scale;
  }

  /** Returns the canonical bytes; equal contents have equal bytes. The scale is not in them. */
  public byte[] toBytes() {
    return MeanBytes.encode(count, sum.toBytes());
  }

  /**
   * Returns the mean that {@link #toBytes} wrote.
   *
   * @param scale the scale it was created with
   * @throws IllegalArgumentException if the bytes are not those of a mean
   */
  public static LongMean fromBytes(int scale, byte[] bytes) {
    MeanBytes parts = MeanBytes.decode(bytes);
    parts.requireNoRest();
    return fromParts(scale, parts);
  }

  static LongMean fromParts(int scale, MeanBytes parts) {
    return new LongMean(new DecimalScale(scale), parts.count(), LongSum.fromBytes(parts.sum()));
  }
}
