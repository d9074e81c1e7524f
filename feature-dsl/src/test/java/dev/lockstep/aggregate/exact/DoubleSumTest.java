package dev.lockstep.aggregate.exact;

import static dev.lockstep.aggregate.exact.Nearest.assertNearest;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C6: sums of doubles are exact, whatever the order, and rounded once. */
@Domain(Values.class)
@Domain(DomainContext.Global.class)
class DoubleSumTest {

  @Property(tries = 1000)
  void isTheExactSumRoundedOnce(
      @ForAll @Size(max = 40) List<Double> added, @ForAll @Size(max = 20) List<Double> subtracted) {
    DoubleSum sum = of(added);
    subtracted.forEach(sum::subtract);
    BigDecimal expected = exact(added).subtract(exact(subtracted));
    assertNearest(expected, sum.doubleValue());
    assertEquals(expected.signum() == 0, sum.isZero());
    assertEquals(0, expected.compareTo(decode(sum.toBytes())));
  }

  @Property(tries = 2000)
  void readingAfterEveryStepChangesNothing(@ForAll @Size(max = 40) List<Double> values) {
    DoubleSum sum = new DoubleSum();
    BigDecimal expected = BigDecimal.ZERO;
    for (double value : values) {
      sum.add(value);
      expected = expected.add(new BigDecimal(value));
      assertNearest(expected, sum.doubleValue());
    }
  }

  @Property(tries = 1000)
  void orderDoesNotMatter(@ForAll @Size(max = 60) List<Double> values, @ForAll Random random) {
    List<Double> shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled, random);
    assertArrayEquals(of(values).toBytes(), of(shuffled).toBytes());
    assertEquals(bits(of(values)), bits(of(shuffled)));
  }

  @Property(tries = 1000)
  void whatWasAddedCanBeTakenOutInAnyOrder(
      @ForAll @Size(max = 30) List<Double> kept,
      @ForAll @Size(max = 30) List<Double> removed,
      @ForAll Random random) {
    DoubleSum sum = of(kept);
    removed.forEach(sum::add);
    List<Double> shuffled = new ArrayList<>(removed);
    Collections.shuffle(shuffled, random);
    shuffled.forEach(sum::subtract);
    assertArrayEquals(of(kept).toBytes(), sum.toBytes());
    kept.forEach(sum::subtract);
    assertTrue(sum.isZero());
    assertEquals(0, sum.toBytes().length);
    assertEquals(0L, bits(sum));
  }

  @Property(tries = 1000)
  void mergesAndSurvivesItsBytes(
      @ForAll @Size(max = 30) List<Double> left, @ForAll @Size(max = 30) List<Double> right) {
    DoubleSum sum = of(left);
    DoubleSum other = of(right);
    sum.add(other);
    List<Double> all = new ArrayList<>(left);
    all.addAll(right);
    assertArrayEquals(of(all).toBytes(), sum.toBytes());
    DoubleSum restored = DoubleSum.fromBytes(sum.toBytes());
    assertArrayEquals(sum.toBytes(), restored.toBytes());
    assertEquals(bits(sum), bits(restored));
    sum.subtract(other);
    assertArrayEquals(of(left).toBytes(), sum.toBytes());
    sum.subtract(sum);
    assertTrue(sum.isZero());
  }

  @Property(tries = 1000)
  void clearForgets(
      @ForAll @Size(max = 20) List<Double> before, @ForAll @Size(max = 20) List<Double> after) {
    DoubleSum sum = of(before);
    sum.clear();
    assertTrue(sum.isZero());
    after.forEach(sum::add);
    assertNearest(exact(after), sum.doubleValue());
  }

  /** Long runs of one value: the chunks would overflow if a carry came too late. */
  @Property(tries = 1000)
  void carriesComeInTime(@ForAll double value, @ForAll @IntRange(min = 500, max = 5000) int times) {
    DoubleSum sum = new DoubleSum();
    for (int i = 0; i < times; i++) {
      sum.add(value);
    }
    BigDecimal expected = new BigDecimal(value).multiply(BigDecimal.valueOf(times));
    assertEquals(0, expected.compareTo(decode(sum.toBytes())));
    assertNearest(expected, sum.doubleValue());
  }

  @Test
  void theLargestSignificandsCarryInTimeAtEveryShift() {
    for (int exponent = 0; exponent < 32; exponent++) {
      double value = Math.scalb(-0x1.fffffffffffffp0, exponent);
      DoubleSum sum = new DoubleSum();
      for (int i = 0; i < 100_000; i++) {
        sum.add(value);
      }
      assertEquals(
          0,
          new BigDecimal(value)
              .multiply(BigDecimal.valueOf(100_000))
              .compareTo(decode(sum.toBytes())));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, -0.1})
  void holdsTwoToTheSeventyTimesAValue(double value) {
    DoubleSum sum = new DoubleSum();
    sum.add(value);
    for (int i = 0; i < 70; i++) {
      sum.add(sum);
    }
    BigDecimal expected = new BigDecimal(value).multiply(BigDecimal.valueOf(2).pow(70));
    assertEquals(0, expected.compareTo(decode(sum.toBytes())));
    assertNearest(expected, sum.doubleValue());
    assertNearest(expected, BigDecimal.valueOf(1L << 62), sum.dividedBy(1L << 62));
  }

  @Test
  void keepsWhatFloatingPointLoses() {
    assertEquals(1.0, of(List.of(1e308, 1.0, -1e308)).doubleValue());
    assertEquals(1e-308, of(List.of(1e308, 1e-308, -1e308)).doubleValue());
    assertEquals(0.3, of(List.of(0.1, 0.2)).doubleValue(), Math.ulp(0.3));
    assertEquals(1.0, of(Collections.nCopies(10, 0.1)).doubleValue());
    assertEquals(1e308, of(List.of(1e308, 1e308, -1e308)).doubleValue());
    assertEquals(Double.POSITIVE_INFINITY, of(List.of(1e308, 1e308)).doubleValue());
    assertEquals(Double.NEGATIVE_INFINITY, of(List.of(-1e308, -1e308)).doubleValue());
    assertEquals(0L, bits(of(List.of(-0.0, -0.0))), "+0.0");
    assertEquals(0L, bits(of(List.of())), "+0.0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNotFinite(double value) {
    DoubleSum sum = of(List.of(1.5));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> sum.add(value));
    assertEquals(
        "cannot sum " + value + ": treat NaN and infinite inputs as null before adding",
        error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> sum.subtract(value));
    assertEquals(1.5, sum.doubleValue());
  }

  @Test
  void refusesBytesThatAreNotCanonical() {
    assertThrows(IllegalArgumentException.class, () -> DoubleSum.fromBytes(new byte[] {0, 1}));
    assertThrows(IllegalArgumentException.class, () -> DoubleSum.fromBytes(new byte[] {0, 1, 2}));
    assertThrows(
        IllegalArgumentException.class, () -> DoubleSum.fromBytes(new byte[] {0, 1, 0, 1}));
  }

  private static DoubleSum of(List<Double> values) {
    DoubleSum sum = new DoubleSum();
    values.forEach(sum::add);
    return sum;
  }

  private static BigDecimal exact(List<Double> values) {
    return values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Reads the documented layout, written independently of the code that writes it. */
  private static BigDecimal decode(byte[] bytes) {
    if (bytes.length == 0) {
      return BigDecimal.ZERO;
    }
    int position = ByteBuffer.wrap(bytes).getShort();
    BigInteger bits = new BigInteger(Arrays.copyOfRange(bytes, 2, bytes.length));
    return new BigDecimal(bits.shiftLeft(position)).divide(BigDecimal.valueOf(2).pow(1074));
  }

  private static long bits(DoubleSum sum) {
    return Double.doubleToRawLongBits(sum.doubleValue());
  }
}
