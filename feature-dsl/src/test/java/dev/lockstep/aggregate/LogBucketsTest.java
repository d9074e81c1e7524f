package dev.lockstep.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Buckets hold their bound everywhere, and their keys the order of the values. */
class LogBucketsTest {
  private static final long SEED = 20_261_122;
  private static final int ROUNDS = 4_000;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void theErrorIsAsStatedOverTheWholeRange() {
    for (int digits = 0; digits <= LogBuckets.MOST_DIGITS; digits++) {
      LogBuckets buckets = new LogBuckets(digits);
      BigDecimal error = BigDecimal.ONE.divide(new BigDecimal(1L << (digits + 1)));
      for (double extreme :
          new double[] {
            Double.MIN_VALUE,
            3 * Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Math.nextDown(Double.MIN_NORMAL),
            Double.MAX_VALUE,
            1e308,
            1
          }) {
        check(buckets, extreme, error);
        check(buckets, -extreme, error);
      }
      for (int i = 0; i < ROUNDS / 16; i++) {
        check(buckets, anyDouble(), error);
      }
    }
  }

  private void check(LogBuckets buckets, double value, BigDecimal error) {
    double middle = buckets.valueOf(buckets.keyOf(value));
    BigDecimal exact = new BigDecimal(value);
    BigDecimal off = new BigDecimal(middle).subtract(exact).abs();
    assertTrue(
        off.compareTo(exact.abs().multiply(error)) <= 0,
        () -> value + " became " + middle + " at " + buckets + ", seed " + SEED);
    assertEquals(
        buckets.keyOf(value), buckets.keyOf(middle), () -> value + " at " + buckets + " " + SEED);
  }

  @Test
  void keysAreInTheOrderOfTheValues() {
    for (int i = 0; i < ROUNDS; i++) {
      LogBuckets buckets = new LogBuckets(i % (LogBuckets.MOST_DIGITS + 1));
      double a = anyDouble();
      double b = random.nextBoolean() ? anyDouble() : Math.nextUp(a);
      int order = Integer.compare(buckets.keyOf(a), buckets.keyOf(b));
      assertTrue(order == 0 || order == Double.compare(a, b), () -> "seed " + SEED);
    }
  }

  @Test
  void integersShareTheBucketsOfDoubles() {
    LogBuckets buckets = new LogBuckets(6);
    for (int i = 0; i < ROUNDS; i++) {
      long value = random.nextLong() >> (11 + random.nextInt(53));
      assertEquals(buckets.keyOf((double) value), buckets.keyOf(value), () -> "" + value);
    }
    assertEquals(buckets.keyOf(-0x1p63), buckets.keyOf(Long.MIN_VALUE));
    // The nearest double is 2^63, one bucket higher.
    assertEquals(buckets.keyOf(0x1p63) - 1, buckets.keyOf(Long.MAX_VALUE));
  }

  @Test
  void zeroAndTheBucketsOfAPowerOfTwo() {
    LogBuckets quarters = new LogBuckets(2);
    assertEquals(0, quarters.keyOf(0.0));
    assertEquals(0, quarters.keyOf(0));
    assertEquals(0.0, quarters.valueOf(0));
    assertEquals(4.5, quarters.valueOf(quarters.keyOf(4)));
    assertEquals(4.5, quarters.valueOf(quarters.keyOf(4.99)));
    assertEquals(-7.5, quarters.valueOf(quarters.keyOf(-7)));
    assertEquals(9, quarters.valueOf(quarters.keyOf(8L)));
    assertEquals(-Double.MIN_VALUE, quarters.valueOf(quarters.keyOf(-Double.MIN_VALUE)));
  }

  private double anyDouble() {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : 0.5;
  }
}
