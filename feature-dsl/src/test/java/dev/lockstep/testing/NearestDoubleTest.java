package dev.lockstep.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The oracle's own rounding, against the double's neighbours. */
class NearestDoubleTest {

  private static double of(String numerator, long denominator) {
    return NearestDouble.ofQuotient(new BigDecimal(numerator), BigInteger.valueOf(denominator));
  }

  @Test
  void edges() {
    assertEquals(0.0, of("0", 7));
    assertEquals(1.0 / 3, of("1", 3));
    assertEquals(-1.0 / 3, of("-1", 3));
    assertEquals(0.1, of("0.1", 1));
    assertEquals(9007199254740992.0, of("9007199254740993", 1), "a tie goes to even");
    assertEquals(9007199254740996.0, of("9007199254740995", 1), "a tie goes to even");
    assertEquals(Double.MIN_VALUE, NearestDouble.of(new BigDecimal(Double.MIN_VALUE)));
    assertEquals(0.0, half(Double.MIN_VALUE), "half of the least is a tie");
    assertEquals(2 * Double.MIN_VALUE, half(3 * Double.MIN_VALUE), "a tie goes to even");
    assertEquals(Double.MAX_VALUE, NearestDouble.of(new BigDecimal(Double.MAX_VALUE)));
    assertEquals(Double.POSITIVE_INFINITY, of("1.8e308", 1));
    assertEquals(Double.POSITIVE_INFINITY, of("1e5000", 1));
    assertEquals(0.0, of("1e-5000", 1));
    assertEquals(Double.MIN_NORMAL, half(2 * Double.MIN_NORMAL));
  }

  private static double half(double value) {
    return NearestDouble.ofQuotient(new BigDecimal(value), BigInteger.TWO);
  }

  @Property(seed = "20261122")
  void doublesAreTheirOwnNearest(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value) && value != 0) {
      assertEquals(value, NearestDouble.of(new BigDecimal(value)));
    }
  }

  /** No neighbour of the result is nearer to the quotient. */
  @Property(seed = "20261122")
  void noNeighbourIsNearer(@ForAll long bits, @ForAll @LongRange(min = 1) long denominator) {
    double value = Double.longBitsToDouble(bits);
    if (!Double.isFinite(value)) {
      return;
    }
    BigDecimal numerator = new BigDecimal(value);
    BigDecimal d = BigDecimal.valueOf(denominator);
    double result = NearestDouble.ofQuotient(numerator, BigInteger.valueOf(denominator));
    BigDecimal error = new BigDecimal(result).multiply(d).subtract(numerator).abs();
    for (double neighbour : new double[] {Math.nextUp(result), Math.nextDown(result)}) {
      if (Double.isFinite(neighbour)) {
        BigDecimal other = new BigDecimal(neighbour).multiply(d).subtract(numerator).abs();
        int nearer = other.compareTo(error);
        boolean even = (Double.doubleToRawLongBits(result) & 1) == 0;
        assertEquals(true, nearer > 0 || (nearer == 0 && even), () -> value + " / " + denominator);
      }
    }
  }
}
