package dev.lockstep.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** C6: decimals are exact, or refused; and the double of one is rounded once. */
class DecimalsTest {
  private static final long SEED = 20_261_122;
  private static final List<Long> EDGES =
      List.of(
          0L,
          1L,
          999_999L,
          1_000_000L,
          (1L << 53) - 1,
          1L << 53,
          (1L << 53) + 1,
          (1L << 54) + 2,
          1L << 62,
          Long.MAX_VALUE,
          Long.MAX_VALUE - 1,
          Long.MAX_VALUE - 1023);

  @Test
  void thereAndBack() {
    for (long bits : samples()) {
      BigDecimal value = Decimals.toBigDecimal(bits);
      assertEquals(bits, Decimals.bitsOf(value));
      assertEquals(bits, Decimals.bitsOf(value.setScale(9)), "zeros behind don't matter");
      assertEquals(0, value.compareTo(new BigDecimal(bits).movePointLeft(6)));
      assertEquals(value.toPlainString(), value.toString(), "no exponent");
      assertTrue(value.scale() == 0 || value.unscaledValue().longValue() % 10 != 0);
    }
  }

  @Test
  void refusals() {
    assertEquals(
        "the decimal 0.0000001 has more than 6 digits behind the point: send it rounded, or declare"
            + " a double",
        refused("0.0000001").replace("1E-7", "0.0000001"));
    assertEquals(
        "the decimal 9223372036854.775808 doesn't fit: they go to 9223372036854.775807; declare a"
            + " double",
        refused("9223372036854.775808"));
    assertTrue(refused("-9223372036854.775809").contains("doesn't fit"));
    assertTrue(refused("1E+13").contains("doesn't fit"));
    assertTrue(refused("1E+1000000000").contains("doesn't fit"), "and at once");
    assertTrue(refused("1E-1000000000").contains("behind the point"));
    assertTrue(refused("1" + "0".repeat(500)).length() < 200);
    assertEquals(0, Decimals.bitsOf(new BigDecimal("0E+1000000000")));
    assertEquals(0, Decimals.bitsOf(new BigDecimal("0E-1000000000")));
  }

  private static String refused(String value) {
    return assertThrows(
            ArithmeticException.class, () -> Decimals.bitsOf(new BigDecimal(value)), value)
        .getMessage();
  }

  @Test
  void nearestDouble() {
    for (long bits : samples()) {
      BigDecimal exact = BigDecimal.valueOf(bits, 6);
      double nearest = Decimals.toDouble(bits);
      BigDecimal error = exact.subtract(new BigDecimal(nearest)).abs();
      for (double other : new double[] {Math.nextDown(nearest), Math.nextUp(nearest)}) {
        int closer = exact.subtract(new BigDecimal(other)).abs().compareTo(error);
        boolean even = (Double.doubleToLongBits(nearest) & 1) == 0;
        assertTrue(closer > 0 || (closer == 0 && even), () -> bits + " of seed " + SEED);
      }
    }
  }

  @Test
  void doubleTowardsZero() {
    for (long bits : samples()) {
      BigDecimal exact = BigDecimal.valueOf(bits, 6).abs();
      double cut = Math.abs(Decimals.towardsZero(bits));
      assertTrue(new BigDecimal(cut).compareTo(exact) <= 0, () -> bits + " of seed " + SEED);
      assertTrue(new BigDecimal(Math.nextUp(cut)).compareTo(exact) > 0, () -> "" + bits);
    }
  }

  /** Edges, all magnitudes, and numbers beside the middle of two doubles. */
  private static long[] samples() {
    SplittableRandom random = new SplittableRandom(SEED);
    long[] samples = new long[60_000];
    for (int i = 0; i < samples.length; i++) {
      long sample =
          i < EDGES.size()
              ? EDGES.get(i)
              : i % 3 == 0 ? besideMiddle(random) : random.nextLong() >> random.nextInt(64);
      samples[i] = i % 2 == 0 ? sample : -sample;
    }
    return samples;
  }

  /** A decimal as near as can be to the middle of two doubles. */
  private static long besideMiddle(SplittableRandom random) {
    double lower = Decimals.toDouble(random.nextLong(Long.MAX_VALUE) >> random.nextInt(14));
    BigDecimal middle =
        new BigDecimal(lower).add(new BigDecimal(Math.nextUp(lower))).movePointRight(6);
    return middle.divide(BigDecimal.valueOf(2)).longValue() + random.nextInt(-1, 2);
  }
}
