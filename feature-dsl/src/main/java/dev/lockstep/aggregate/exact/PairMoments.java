package dev.lockstep.aggregate.exact;

import java.math.BigInteger;

/**
 * The exact sums of pairs (x, y) and of their products: n, Sx, Sy, Sxx, Sxy and Syy, for
 * covariance, correlation and regression. Each component is a long or a finite double.
 *
 * <p>With {@code C = n Sxy - Sx Sy}, {@code Vx = n Sxx - Sx^2} and {@code Vy = n Syy - Sy^2}, each
 * result is a rational of these, rounded once. Not thread-safe; reading normalises the inside, so
 * reads are no exception.
 */
public final class PairMoments {

  /** Longs count units of {@code 2^0}. */
  private static final int LONG_OFFSET = -DoubleSum.UNIT_EXPONENT;

  private final DoubleSum xSum = new DoubleSum();
  private final DoubleSum ySum = new DoubleSum();
  private final DoubleProductSum xxSum = new DoubleProductSum();
  private final DoubleProductSum xySum = new DoubleProductSum();
  private final DoubleProductSum yySum = new DoubleProductSum();
  private long count;

  /** Adds one pair. */
  public void add(long x, long y) {
    step(x, y, 1);
    count++;
  }

  /**
   * Adds one pair.
   *
   * @throws IllegalArgumentException if y is NaN or infinite
   */
  public void add(long x, double y) {
    step(x, y, 1);
    count++;
  }

  /**
   * Adds one pair.
   *
   * @throws IllegalArgumentException if x is NaN or infinite
   */
  public void add(double x, long y) {
    step(x, y, 1);
    count++;
  }

  /**
   * Adds one pair.
   *
   * @throws IllegalArgumentException if one is NaN or infinite
   */
  public void add(double x, double y) {
    step(x, y, 1);
    count++;
  }

  /**
   * Takes out one pair that was added.
   *
   * @throws IllegalStateException if n = 0
   */
  public void subtract(long x, long y) {
    long less = Counts.less(count, 1);
    step(x, y, -1);
    count = less;
  }

  /**
   * Takes out one pair that was added.
   *
   * @throws IllegalArgumentException if y is NaN or infinite
   * @throws IllegalStateException if n = 0
   */
  public void subtract(long x, double y) {
    long less = Counts.less(count, 1);
    step(x, y, -1);
    count = less;
  }

  /**
   * Takes out one pair that was added.
   *
   * @throws IllegalArgumentException if x is NaN or infinite
   * @throws IllegalStateException if n = 0
   */
  public void subtract(double x, long y) {
    long less = Counts.less(count, 1);
    step(x, y, -1);
    count = less;
  }

  /**
   * Takes out one pair that was added.
   *
   * @throws IllegalArgumentException if one is NaN or infinite
   * @throws IllegalStateException if n = 0
   */
  public void subtract(double x, double y) {
    long less = Counts.less(count, 1);
    step(x, y, -1);
    count = less;
  }

  /** Forgets all pairs. */
  public void clear() {
    xSum.clear();
    ySum.clear();
    xxSum.clear();
    xySum.clear();
    yySum.clear();
    count = 0;
  }

  /** Returns n, the number of pairs held. */
  public long count() {
    return count;
  }

  /** Returns whether two of the x differ; if not, there is neither correlation nor slope. */
  public boolean hasXVariance() {
    return deviations(xSum, xSum, xxSum).signum() != 0;
  }

  /** Returns whether two of the y differ; if not, there is no correlation. */
  public boolean hasYVariance() {
    return deviations(ySum, ySum, yySum).signum() != 0;
  }

  /**
   * Returns {@code C / n^2}, rounded once.
   *
   * @throws IllegalStateException if n = 0
   */
  public double populationCovariance() {
    return populationCovariance(1);
  }

  /**
   * Returns {@code C / (n^2 unit)}, rounded once: for decimals, added as counts of their units.
   *
   * @param unit how many units of x make 1, times those of y; positive
   * @throws IllegalStateException if n = 0
   */
  public double populationCovariance(long unit) {
    Counts.require(count, 1, "population covariance");
    return covariance(count, unit);
  }

  /**
   * Returns {@code C / (n (n - 1))}, rounded once.
   *
   * @throws IllegalStateException if n < 2
   */
  public double sampleCovariance() {
    return sampleCovariance(1);
  }

  /**
   * Returns {@code C / (n (n - 1) unit)}, rounded once: for decimals, added as counts of their
   * units.
   *
   * @param unit how many units of x make 1, times those of y; positive
   * @throws IllegalStateException if n < 2
   */
  public double sampleCovariance(long unit) {
    Counts.require(count, 2, "sample covariance");
    return covariance(count - 1, unit);
  }

  /**
   * Returns Pearson's correlation, -1 to 1: the square root of {@code C^2 / (Vx Vy)} rounded once,
   * with the sign of C.
   *
   * @throws IllegalStateException if all x or all y are equal; ask {@link #hasXVariance} and {@link
   *     #hasYVariance} first
   */
  public double correlation() {
    Dyadic x = deviations(xSum, xSum, xxSum);
    Dyadic y = deviations(ySum, ySum, yySum);
    requireVariance(x, "correlation", "x", "hasXVariance()");
    requireVariance(y, "correlation", "y", "hasYVariance()");
    Dyadic both = deviations(xSum, ySum, xySum);
    return Rounding.signedRoot(both.signum(), both.square().dividedBy(x.times(y)));
  }

  /**
   * Returns the slope of the regression line of y on x, times a unit: {@code unit * C / Vx},
   * rounded once. With x in microseconds and a unit of 1,000,000 it is the change of y a second.
   * Being exact, it is the same to the bit if a constant is taken from every x: small x are added
   * faster than times since 1970.
   *
   * @throws IllegalStateException if all x are equal; ask {@link #hasXVariance} first
   */
  public double slope(long numeratorUnit) {
    Dyadic x = deviations(xSum, xSum, xxSum);
    requireVariance(x, "slope", "x", "hasXVariance()");
    return deviations(xSum, ySum, xySum).times(numeratorUnit).dividedBy(x);
  }

  private double covariance(long m, long unit) {
    BigInteger pairs = BigInteger.valueOf(count).multiply(BigInteger.valueOf(m));
    return deviations(xSum, ySum, xySum).dividedBy(pairs.multiply(BigInteger.valueOf(unit)));
  }

  /** Returns {@code n Sab - Sa Sb}. */
  private Dyadic deviations(DoubleSum a, DoubleSum b, DoubleProductSum products) {
    return products.exactValue().times(count).minus(a.exactValue().times(b.exactValue()));
  }

  private static void requireVariance(Dyadic variance, String result, String name, String ask) {
    if (variance.signum() == 0) {
      throw new IllegalStateException(
          result + " needs values of " + name + " that differ; check " + ask + " first");
    }
  }

  private void step(long x, long y, int sign) {
    if (isExactDouble(x) && isExactDouble(y)) {
      step((double) x, (double) y, sign);
    } else {
      stepExact(x, LONG_OFFSET, y, LONG_OFFSET, sign);
    }
  }

  private void step(long x, double y, int sign) {
    if (isExactDouble(x)) {
      step((double) x, y, sign);
    } else {
      stepExact(x, LONG_OFFSET, DoubleParts.significand(y), DoubleParts.bitOffset(y), sign);
    }
  }

  private void step(double x, long y, int sign) {
    if (isExactDouble(y)) {
      step(x, (double) y, sign);
    } else {
      stepExact(DoubleParts.significand(x), DoubleParts.bitOffset(x), y, LONG_OFFSET, sign);
    }
  }

  private void step(double x, double y, int sign) {
    xySum.step(x, y, sign); // first: it refuses what is not finite, before anything has changed
    xxSum.step(x, x, sign);
    yySum.step(y, y, sign);
    xSum.step(x, sign);
    ySum.step(y, sign);
  }

  private void stepExact(long x, int xOffset, long y, int yOffset, int sign) {
    xySum.stepExact(x, xOffset, y, yOffset, sign);
    xxSum.stepExact(x, xOffset, x, xOffset, sign);
    yySum.stepExact(y, yOffset, y, yOffset, sign);
    xSum.stepExact(x, xOffset, sign);
    ySum.stepExact(y, yOffset, sign);
  }

  private static boolean isExactDouble(long value) {
    return ExactRatio.isExactDouble(value);
  }
}
