package dev.lockstep.aggregate.exact;

import static dev.lockstep.aggregate.exact.Nearest.assertNearest;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** C6: two words become one double by one rounding. */
class RoundingTest {

  @Property(tries = 3000)
  void anyTwoWords(
      @ForAll @LongRange(min = 0) long high,
      @ForAll long low,
      @ForAll @IntRange(max = 63) int highCut,
      @ForAll @IntRange(max = 63) int lowCut) {
    assertRounded(words(high >> highCut, low << lowCut));
    assertRounded(words(high >> highCut, low >>> lowCut));
  }

  @Property(tries = 3000)
  void tiesAndTheirNeighbours(
      @ForAll @LongRange(min = 1L << 52, max = (1L << 53) - 1) long significand,
      @ForAll @IntRange(max = 73) int shift,
      @ForAll @IntRange(min = -1, max = 1) int nudge) {
    BigInteger midpoint = BigInteger.valueOf(2 * significand + 1).shiftLeft(shift);
    assertRounded(midpoint.add(BigInteger.valueOf(nudge)).max(BigInteger.ZERO));
  }

  @Test
  void aRootKeepsItsSignButForZero() {
    assertEquals(-3.0, Rounding.signedRoot(-1, 9.0));
    assertEquals(3.0, Rounding.signedRoot(1, 9.0));
    assertEquals(0L, Double.doubleToRawLongBits(Rounding.signedRoot(-1, 0.0)));
  }

  private static BigInteger words(long high, long low) {
    return BigInteger.valueOf(high).shiftLeft(64).or(IntegerBytes.unsigned(low));
  }

  private static void assertRounded(BigInteger value) {
    double rounded = Rounding.nearestEven(value.shiftRight(64).longValue(), value.longValue(), -72);
    assertNearest(value, BigInteger.ONE.shiftLeft(72), rounded);
  }
}
