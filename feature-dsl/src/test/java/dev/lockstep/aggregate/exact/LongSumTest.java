package dev.lockstep.aggregate.exact;

import static dev.lockstep.aggregate.exact.Nearest.assertNearest;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

/** C6: sums of longs are exact, whatever the order. */
@Domain(Values.class)
@Domain(DomainContext.Global.class)
class LongSumTest {

  @Property(tries = 2000)
  void equalsTheUnboundedSum(
      @ForAll @Size(max = 60) List<Long> added, @ForAll @Size(max = 60) List<Long> subtracted) {
    LongSum sum = new LongSum();
    added.forEach(sum::add);
    subtracted.forEach(sum::subtract);
    BigInteger expected = exact(added).subtract(exact(subtracted));
    assertEquals(expected.toString(), sum.toString());
    assertEquals(expected.bitLength() <= 63, sum.fitsLong());
    assertEquals(expected.signum() == 0, sum.isZero());
    assertNearest(new BigDecimal(expected), sum.doubleValue());
    if (expected.bitLength() <= 63) {
      assertEquals(expected.longValueExact(), sum.longValue());
    } else {
      assertThrows(ArithmeticException.class, sum::longValue);
    }
  }

  @Property(tries = 1000)
  void mergesAndSurvivesItsBytes(
      @ForAll @Size(max = 30) List<Long> left, @ForAll @Size(max = 30) List<Long> right) {
    LongSum sum = of(left);
    LongSum other = of(right);
    sum.add(other);
    assertEquals(exact(left).add(exact(right)).toString(), sum.toString());
    LongSum restored = LongSum.fromBytes(sum.toBytes());
    assertEquals(sum.toString(), restored.toString());
    assertArrayEquals(sum.toBytes(), restored.toBytes());
    sum.subtract(other);
    assertArrayEquals(of(left).toBytes(), sum.toBytes());
    sum.subtract(sum);
    assertTrue(sum.isZero());
    assertEquals(0, sum.toBytes().length);
  }

  @Property(tries = 1000)
  void clearForgets(@ForAll @Size(max = 10) List<Long> values, @ForAll long after) {
    LongSum sum = of(values);
    sum.clear();
    assertTrue(sum.isZero());
    sum.add(after);
    assertEquals(after, sum.longValue());
  }

  @Test
  void passesTheRangeOfLongBothWays() {
    LongSum sum = new LongSum();
    sum.add(Long.MAX_VALUE);
    assertTrue(sum.fitsLong());
    sum.add(1);
    assertFalse(sum.fitsLong());
    assertEquals(0x1p63, sum.doubleValue());
    sum.subtract(1);
    assertEquals(Long.MAX_VALUE, sum.longValue());
    sum.clear();
    sum.add(Long.MIN_VALUE);
    sum.subtract(1);
    assertFalse(sum.fitsLong());
    ArithmeticException error = assertThrows(ArithmeticException.class, sum::longValue);
    assertEquals(
        "sum -9223372036854775809 does not fit a long; ask fitsLong() first", error.getMessage());
    sum.clear();
    sum.subtract(Long.MIN_VALUE);
    assertEquals("9223372036854775808", sum.toString());
  }

  @Test
  void holdsTheSumOfTwoToTheSixtyExtremes() {
    LongSum sum = new LongSum();
    sum.add(Long.MIN_VALUE);
    for (int i = 0; i < 62; i++) {
      sum.add(sum);
    }
    assertEquals(BigInteger.ONE.shiftLeft(125).negate().toString(), sum.toString());
    assertEquals(-0x1p125, sum.doubleValue());
  }

  @Test
  void refusesBytesThatAreNotCanonical() {
    assertThrows(IllegalArgumentException.class, () -> LongSum.fromBytes(new byte[] {0}));
    assertThrows(IllegalArgumentException.class, () -> LongSum.fromBytes(new byte[] {0, 1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> LongSum.fromBytes(BigInteger.ONE.shiftLeft(127).toByteArray()));
  }

  private static LongSum of(List<Long> values) {
    LongSum sum = new LongSum();
    values.forEach(sum::add);
    return sum;
  }

  private static BigInteger exact(List<Long> values) {
    return values.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
  }
}
