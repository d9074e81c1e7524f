package dev.lockstep.aggregate.exact;

/**
 * The exact count and sum of finite doubles.
 *
 * <p>Not thread-safe; reading normalises the inside, so reads are no exception.
 */
public final class DoubleMean implements Mean {

  private final DoubleSum sum;
  private long count;

  /** Creates an empty mean. */
  public DoubleMean() {
    this(0, new DoubleSum());
  }

  private DoubleMean(long count, DoubleSum sum) {
    this.count = count;
    this.sum = sum;
  }

  /**
   * Adds one value.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  public void add(double value) {
    sum.add(value);
    count++;
  }

  /**
   * Takes out one value that was added.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   * @throws IllegalStateException if n = 0
   */
  public void subtract(double value) {
    long less = Counts.less(count, 1);
    sum.subtract(value);
    count = less;
  }

  /** Adds all that the other holds. */
  public void add(DoubleMean other) {
    sum.add(other.sum);
    count += other.count;
  }

  /**
   * Takes out all that the other holds.
   *
   * @throws IllegalStateException if the other holds more values than this
   */
  public void subtract(DoubleMean other) {
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

  @Override
  public double sum() {
    return sum.doubleValue();
  }

  @Override
  public double mean() {
    Counts.require(count, 1, "mean");
    return sum.dividedBy(count);
  }

  DoubleSum exactSum() {
    return sum;
  }

  /** Returns the canonical bytes; equal contents have equal bytes. */
  public byte[] toBytes() {
    return MeanBytes.encode(count, sum.toBytes());
  }

  /**
   * Returns the mean that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not those of a mean
   */
  public static DoubleMean fromBytes(byte[] bytes) {
    MeanBytes parts = MeanBytes.decode(bytes);
    parts.requireNoRest();
    return fromParts(parts);
  }

  static DoubleMean fromParts(MeanBytes parts) {
    return new DoubleMean(parts.count(), DoubleSum.fromBytes(parts.sum()));
  }
}
