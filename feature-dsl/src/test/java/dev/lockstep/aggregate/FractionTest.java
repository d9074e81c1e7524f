package dev.lockstep.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A fraction is the decimal that was written. */
class FractionTest {
  private static final long SEED = 20_261_122;

  @Test
  void whatWasWritten() {
    assertEquals(new Fraction(0.95, 19, 20), Fraction.of(0.95));
    assertEquals(new Fraction(0.1, 1, 10), Fraction.of(0.1));
    assertEquals(new Fraction(0, 0, 1), Fraction.of(-0.0));
    assertEquals(new Fraction(1, 1, 1), Fraction.of(1));
    assertEquals(Fraction.of(0.3), Fraction.of(0.1 + 0.2));
    assertEquals("0.95", Fraction.of(0.95).toString());
    assertEquals("0.00001", Fraction.of(0.00001).toString());
    assertEquals("NaN", Fraction.of(Double.NaN).toString());
    assertEquals("1.5", Fraction.of(1.5).toString());
    assertEquals("0.333333333333333", Fraction.of(1 / 3.0).toString());
  }

  @Test
  void ranks() {
    assertEquals(1, Fraction.of(0.1).rankAmong(10));
    assertEquals(2, Fraction.of(0.1).rankAmong(11));
    assertEquals(1, Fraction.of(0).rankAmong(11));
    assertEquals(11, Fraction.of(1).rankAmong(11));
    assertEquals(95, Fraction.of(0.95).rankAmong(100));
  }

  @Test
  void productsBeyondALong() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 2_000; i++) {
      long places = random.nextLong(1_000_000_000_000_000L);
      Fraction q = Fraction.of(places / 1e15);
      long n = random.nextInt(Integer.MAX_VALUE);
      BigDecimal product =
          BigDecimal.valueOf(places).movePointLeft(15).multiply(BigDecimal.valueOf(n));
      BigDecimal floor = product.setScale(0, RoundingMode.FLOOR);
      assertEquals(floor.longValueExact(), q.floorOf(n), () -> "seed " + SEED);
      assertEquals(
          product.subtract(floor).multiply(BigDecimal.valueOf(q.denominator())).longValueExact(),
          q.remainderOf(n),
          () -> "seed " + SEED);
    }
  }
}
