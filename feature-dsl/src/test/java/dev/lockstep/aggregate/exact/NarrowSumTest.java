package dev.lockstep.aggregate.exact;

import static dev.lockstep.aggregate.exact.Nearest.assertNearest;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** C6: whichever of its two parts holds a sum of doubles, the results are the same. */
class NarrowSumTest {

  @Property(tries = 300)
  void aSlidingWindowIsExactAtEveryStep(@ForAll Random random, @ForAll boolean withOutliers) {
    NarrowRangeValues values = new NarrowRangeValues(random);
    DoubleMoments moments = new DoubleMoments();
    Deque<Double> window = new ArrayDeque<>();
    int size = 1 + random.nextInt(12);
    for (int i = 0; i < 40; i++) {
      double value = values.next(withOutliers);
      moments.add(value);
      window.add(value);
      if (window.size() > size) {
        moments.subtract(window.remove());
      }
      MomentsOracle oracle = new MomentsOracle(window.stream().map(BigDecimal::new).toList());
      oracle.assertMean(moments);
      oracle.assertVariances(moments);
    }
  }

  /** The superaccumulator alone, which took every value before there was a narrow part. */
  @Property(tries = 500)
  void equalsTheWidePartAlone(@ForAll Random random, @ForAll boolean withOutliers) {
    NarrowRangeValues values = new NarrowRangeValues(random);
    DoubleSum sum = new DoubleSum();
    DoubleProductSum squares = new DoubleProductSum();
    FixedPointSum wideSum = new FixedPointSum(DoubleSum.UNIT_EXPONENT);
    FixedPointSum wideSquares = new FixedPointSum(DoubleProductSum.UNIT_EXPONENT);
    for (int i = 0; i < 60; i++) {
      double value = values.next(withOutliers);
      int sign = random.nextInt(3) == 0 ? -1 : 1;
      sum.step(value, sign);
      squares.step(value, value, sign);
      BigInteger significand = BigInteger.valueOf(sign * DoubleParts.significand(value));
      int offset = DoubleParts.bitOffset(value);
      wideSum.add(significand, offset);
      wideSquares.add(
          significand.multiply(significand).multiply(BigInteger.valueOf(sign)), 2 * offset);
      assertEquals(wideSum.dividedBy(1), sum.doubleValue());
      assertEquals(wideSum.dividedBy(7), sum.dividedBy(7));
      assertArrayEquals(
          FixedPointBytes.encode(wideSum.exactValue(), DoubleSum.UNIT_EXPONENT), sum.toBytes());
      assertArrayEquals(
          FixedPointBytes.encode(wideSquares.exactValue(), DoubleProductSum.UNIT_EXPONENT),
          squares.toBytes());
    }
  }

  @Property(tries = 300)
  void productsAreExact(@ForAll Random random, @ForAll boolean withOutliers) {
    NarrowRangeValues values = new NarrowRangeValues(random);
    DoubleProductSum sum = new DoubleProductSum();
    DoubleProductSum other = new DoubleProductSum();
    BigDecimal expected = BigDecimal.ZERO;
    BigDecimal expectedOther = BigDecimal.ZERO;
    for (int i = 0; i < 40; i++) {
      double x = values.next(withOutliers);
      double y = values.next(withOutliers);
      BigDecimal product = new BigDecimal(x).multiply(new BigDecimal(y));
      switch (random.nextInt(3)) {
        case 0 -> {
          sum.add(x, y);
          expected = expected.add(product);
        }
        case 1 -> {
          sum.subtract(x, y);
          expected = expected.subtract(product);
        }
        default -> {
          other.add(x, y);
          expectedOther = expectedOther.add(product);
        }
      }
    }
    assertExact(expected, sum);
    sum.add(other);
    assertExact(expected.add(expectedOther), sum);
    sum.subtract(other);
    sum.subtract(other);
    assertExact(expected.subtract(expectedOther), sum);
    sum.clear();
    assertExact(BigDecimal.ZERO, sum);
  }

  @Test
  void usualValuesStayNarrow() {
    DoubleSum sum = of(0.01, -12.5, 0.0, 1e-6, 2.7e11);
    assertTrue(sum.isNarrow());
  }

  @Test
  void isNarrowAgainOnceAnOutlierHasLeft() {
    double tenth = 0.1;
    for (double outlier : new double[] {1e308, 1e-17, Double.MIN_VALUE, -0x1p100}) {
      DoubleSum sum = of(0.1, outlier, 0.2);
      DoubleProductSum squares = new DoubleProductSum();
      squares.add(0.1, 0.1);
      squares.add(outlier, outlier);
      assertFalse(sum.isNarrow());
      assertFalse(squares.isNarrow());
      assertNearest(exact(sum), sum.doubleValue());
      sum.subtract(outlier);
      squares.subtract(outlier, outlier);
      assertTrue(sum.isNarrow());
      assertTrue(squares.isNarrow());
      assertEquals(0.1 + 0.2, sum.doubleValue());
      assertExact(new BigDecimal(tenth).pow(2), squares);
    }
  }

  /** A whole number beyond the range of narrow values, which the sum still holds. */
  @Test
  void takesOverWhatFits() {
    DoubleSum sum = of(1e12, 0.5);
    assertTrue(sum.isNarrow());
    assertEquals(1e12 + 0.5, sum.doubleValue());
    sum.subtract(1e12);
    assertEquals(0.5, sum.doubleValue());
  }

  /** 2^16 values of just under 2^38 reach the 126 bits; twice as many would overflow 128. */
  @Test
  void spillsBeforeItOverflows() {
    double value = 0x1.fffffffffffffp37;
    for (double signed : new double[] {value, -value}) {
      DoubleSum sum = new DoubleSum();
      int n = 300_000;
      for (int i = 0; i < n; i++) {
        sum.add(signed);
      }
      assertEquals(0, new BigDecimal(signed).multiply(BigDecimal.valueOf(n)).compareTo(exact(sum)));
      assertFalse(sum.isNarrow());
      for (int i = 0; i < n - 1; i++) {
        sum.subtract(signed);
      }
      assertTrue(sum.isNarrow());
      assertEquals(signed, sum.doubleValue());
    }
  }

  /** Doubles the sums until both parts of both have spilled, then halves them again. */
  @Test
  void mergesSpillBeforeTheyOverflow() {
    double largest = -0x1.fffffffffffffp37;
    for (double other : new double[] {0x1p-20, -largest, 1e308}) {
      DoubleMoments moments = new DoubleMoments();
      moments.add(largest);
      moments.add(other);
      List<byte[]> steps = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        steps.add(moments.toBytes());
        MomentsOracle oracle =
            new MomentsOracle(List.of(new BigDecimal(largest), new BigDecimal(other)), 1L << i);
        oracle.assertMean(moments);
        oracle.assertVariances(moments);
        moments.add(moments);
      }
      for (int i = 59; i >= 0; i--) {
        moments.subtract(DoubleMoments.fromBytes(steps.get(i)));
        assertArrayEquals(steps.get(i), moments.toBytes());
      }
    }
  }

  private static DoubleSum of(double... values) {
    DoubleSum sum = new DoubleSum();
    for (double value : values) {
      sum.add(value);
    }
    return sum;
  }

  private static BigDecimal exact(DoubleSum sum) {
    return decimal(sum.exactValue());
  }

  private static void assertExact(BigDecimal expected, DoubleProductSum actual) {
    assertEquals(0, expected.compareTo(decimal(actual.exactValue())));
  }

  private static BigDecimal decimal(Dyadic value) {
    BigDecimal two = BigDecimal.valueOf(2);
    BigDecimal significand = new BigDecimal(value.significand());
    return value.exponent() >= 0
        ? significand.multiply(two.pow(value.exponent()))
        : significand.divide(two.pow(-value.exponent()));
  }
}
