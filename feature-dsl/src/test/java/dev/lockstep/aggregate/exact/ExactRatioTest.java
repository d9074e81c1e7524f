package dev.lockstep.aggregate.exact;

import static dev.lockstep.aggregate.exact.Nearest.assertNearest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

/** C6: one rounding, to nearest-even, of an exact quotient. */
class ExactRatioTest {

  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  @Property(tries = 5000)
  void anyQuotientIsRoundedOnce(
      @ForAll long numerator,
      @ForAll @IntRange(max = 400) int numeratorShift,
      @ForAll @IntRange(max = 63) int numeratorCut,
      @ForAll @LongRange(min = 1) long denominator,
      @ForAll @IntRange(max = 62) int denominatorCut,
      @ForAll @IntRange(max = 200) int denominatorShift,
      @ForAll @LongRange(min = -3, max = 3) long nudge) {
    BigInteger top =
        BigInteger.valueOf(numerator >> numeratorCut)
            .shiftLeft(numeratorShift)
            .add(BigInteger.valueOf(nudge));
    BigInteger bottom =
        BigInteger.valueOf(denominator >> denominatorCut)
            .max(BigInteger.ONE)
            .shiftLeft(denominatorShift)
            .add(BigInteger.valueOf(Math.abs(nudge)));
    assertNearest(top, bottom, ExactRatio.round(top, bottom));
  }

  @Property(tries = 1000)
  void tiesAndTheirNeighboursGoTheRightWay(
      @ForAll @LongRange(min = 1L << 52, max = (1L << 53) - 1) long significand,
      @ForAll @LongRange(min = 1) long denominator,
      @ForAll @IntRange(max = 150) int denominatorShift,
      @ForAll @IntRange(max = 80) int numeratorShift,
      @ForAll @IntRange(min = -1, max = 1) int nudge,
      @ForAll boolean negative) {
    BigInteger bottom =
        BigInteger.valueOf(denominator).shiftLeft(denominatorShift % 2 == 0 ? 0 : denominatorShift);
    BigInteger top =
        BigInteger.valueOf(2 * significand + 1)
            .multiply(bottom)
            .shiftLeft(numeratorShift)
            .add(BigInteger.valueOf(nudge));
    BigInteger signed = negative ? top.negate() : top;
    assertNearest(signed, bottom, ExactRatio.round(signed, bottom));
  }

  @Property(tries = 1000)
  void subnormalAndHugeQuotientsAreRoundedOnce(
      @ForAll @BigRange(min = "-1000000000000000000000000", max = "1000000000000000000000000")
          BigInteger numerator,
      @ForAll @LongRange(min = 1) long denominator,
      @ForAll @IntRange(min = -1180, max = 1030) int exponent) {
    BigInteger bottom = BigInteger.valueOf(denominator);
    double actual = ExactRatio.round(numerator, bottom, exponent);
    BigDecimal top = new BigDecimal(numerator);
    BigDecimal scale = TWO.pow(Math.abs(exponent));
    assertNearest(
        exponent >= 0 ? top.multiply(scale) : top,
        exponent >= 0 ? new BigDecimal(bottom) : new BigDecimal(bottom).multiply(scale),
        actual);
  }

  @Property(tries = 1000)
  @Domain(Values.class)
  @Domain(DomainContext.Global.class)
  void quotientsOfLongsAreRoundedOnce(@ForAll long numerator, @ForAll long denominator) {
    long positive = Math.max(1, Math.abs(denominator));
    assertNearest(
        BigDecimal.valueOf(numerator),
        BigDecimal.valueOf(positive),
        ExactRatio.round(numerator, positive));
  }

  @Property(tries = 1000)
  void aTruncatedNumeratorIsRoundedAsTheWhole(
      @ForAll long high, @ForAll long low, @ForAll @LongRange(min = 1) long denominator) {
    long top = high | Long.MIN_VALUE >>> 1;
    BigInteger magnitude = IntegerBytes.unsigned(top).shiftLeft(64).or(IntegerBytes.unsigned(low));
    // The true numerator is a third of a unit above its upper 128 bits.
    BigInteger three = BigInteger.valueOf(3);
    assertNearest(
        magnitude.multiply(three).add(BigInteger.ONE),
        BigInteger.valueOf(denominator).multiply(three),
        ExactRatio.round(false, top, low, true, denominator, 0));
  }

  @Property(tries = 1000)
  void numeratorsOfThreeWordsAreRoundedOnce(
      @ForAll long high,
      @ForAll @IntRange(max = 63) int cut,
      @ForAll long middle,
      @ForAll long low,
      @ForAll @IntRange(max = 63) int lowCut,
      @ForAll @LongRange(min = 1) long denominator,
      @ForAll @IntRange(max = 62) int denominatorCut) {
    long top = (high >>> cut) & -2; // often zero
    long bottom = low >>> lowCut;
    long divisor = Math.max(1, denominator >> denominatorCut);
    BigInteger numerator =
        IntegerBytes.unsigned(top)
            .shiftLeft(64)
            .or(IntegerBytes.unsigned(middle))
            .shiftLeft(64)
            .or(IntegerBytes.unsigned(bottom));
    double actual = ExactRatio.round(top, middle, bottom, divisor, -144);
    BigInteger scaled = BigInteger.valueOf(divisor).shiftLeft(144);
    assertNearest(numerator, scaled, actual);
  }

  @Test
  void edgesOfTheRange() {
    BigInteger one = BigInteger.ONE;
    BigInteger two = BigInteger.TWO;
    assertEquals(Double.MIN_VALUE, ExactRatio.round(one, one, -1074));
    assertEquals(0.0, ExactRatio.round(one, one, -1075), "a tie goes to even, zero");
    assertEquals(Double.MIN_VALUE, ExactRatio.round(BigInteger.valueOf(3), two, -1075));
    assertEquals(2 * Double.MIN_VALUE, ExactRatio.round(BigInteger.valueOf(3), one, -1075));
    assertEquals(0.0, ExactRatio.round(one.negate(), one, -1075), "never -0.0");
    assertEquals(0.0, ExactRatio.round(one, one, -2000));
    BigInteger max = new BigDecimal(Double.MAX_VALUE).toBigIntegerExact();
    BigInteger half = one.shiftLeft(970); // of the largest double's unit in the last place
    assertEquals(Double.MAX_VALUE, ExactRatio.round(max, one));
    assertEquals(Double.MAX_VALUE, ExactRatio.round(max.add(half).subtract(one), one));
    assertEquals(Double.POSITIVE_INFINITY, ExactRatio.round(max.add(half), one));
    assertEquals(Double.NEGATIVE_INFINITY, ExactRatio.round(one.shiftLeft(5000).negate(), one));
  }

  @Test
  void aDenominatorMustBePositive() {
    ArithmeticException error =
        assertThrows(
            ArithmeticException.class, () -> ExactRatio.round(BigInteger.ONE, BigInteger.ZERO));
    assertEquals(
        "denominator must be positive, was 0; move its sign to the numerator", error.getMessage());
  }
}
