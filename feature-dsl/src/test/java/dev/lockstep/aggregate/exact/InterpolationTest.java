package dev.lockstep.aggregate.exact;

import static dev.lockstep.aggregate.exact.Nearest.assertNearest;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

/** C6: one rounding of what lies between two numbers. */
class InterpolationTest {
  private static final long MOST = 1_000_000_000_000_000L;

  @Property(tries = 1000)
  @Domain(Values.class)
  @Domain(DomainContext.Global.class)
  void betweenDoubles(
      @ForAll double a,
      @ForAll double b,
      @ForAll @LongRange(min = 1, max = MOST) long whole,
      @ForAll @LongRange(min = 0, max = MOST) long part) {
    assertBetween(a, b, part % whole, whole);
    assertBetween(a, b, 1, 2);
  }

  @Property(tries = 1000)
  @Domain(Values.class)
  @Domain(DomainContext.Global.class)
  void betweenIntegers(
      @ForAll long a,
      @ForAll long b,
      @ForAll @IntRange(max = 63) int cut,
      @ForAll @LongRange(min = 1, max = MOST) long whole,
      @ForAll @IntRange(max = 49) int wholeCut,
      @ForAll @LongRange(min = 0, max = MOST) long part) {
    long w = Math.max(1, whole >> wholeCut);
    long p = part % w;
    BigDecimal sum = sum(new BigDecimal(a >> cut), new BigDecimal(b >> cut), p, w);
    assertNearest(sum, new BigDecimal(w), Interpolation.between(a >> cut, b >> cut, p, w));
  }

  @Test
  void byHand() {
    assertEquals(2.5, Interpolation.between(2L, 3L, 1, 2));
    assertEquals(2.95, Interpolation.between(2L, 3L, 19, 20));
    assertEquals(2.95, Interpolation.between(2.0, 3.0, 19, 20));
    assertEquals(-0.5, Interpolation.between(Long.MIN_VALUE, Long.MAX_VALUE, 1, 2));
    assertEquals(Double.MAX_VALUE, Interpolation.between(Double.MAX_VALUE, Double.MAX_VALUE, 1, 2));
    assertEquals(0.0, Interpolation.between(-Double.MAX_VALUE, Double.MAX_VALUE, 1, 2));
    assertEquals(0.0, Interpolation.between(-Double.MIN_VALUE, 0.0, 1, 2)); // a tie, to even
  }

  private static void assertBetween(double a, double b, long part, long whole) {
    BigDecimal sum = sum(new BigDecimal(a), new BigDecimal(b), part, whole);
    assertNearest(sum, new BigDecimal(whole), Interpolation.between(a, b, part, whole));
  }

  private static BigDecimal sum(BigDecimal a, BigDecimal b, long part, long whole) {
    return a.multiply(BigDecimal.valueOf(whole - part)).add(b.multiply(BigDecimal.valueOf(part)));
  }
}
