package dev.lockstep.aggregate.exact;

import static dev.lockstep.aggregate.exact.Nearest.assertNearest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

/** C6: skewness and kurtosis of longs and doubles are rounded once. */
@Domain(Values.class)
@Domain(DomainContext.Global.class)
class PowersTest {

  @Property(tries = 300)
  void doublesOverTheWholeRange(@ForAll @Size(max = 8) List<Double> values) {
    Powers powers = new Powers();
    values.forEach(powers::add);
    assertResults(values.stream().map(BigDecimal::new).toList(), powers);
  }

  @Property(tries = 1000)
  void longsOverTheWholeRange(@ForAll @Size(max = 12) List<Long> values) {
    Powers powers = new Powers();
    values.forEach(powers::add);
    assertResults(values.stream().map(BigDecimal::valueOf).toList(), powers);
  }

  @Property(tries = 1000)
  void usualAmounts(@ForAll @Size(max = 30) List<Short> cents) {
    Powers powers = new Powers();
    cents.forEach(c -> powers.add(c / 100.0));
    assertResults(cents.stream().map(c -> new BigDecimal(c / 100.0)).toList(), powers);
  }

  @Property(tries = 300)
  void whatWasAddedCanBeTakenOutInAnyOrder(
      @ForAll @Size(max = 6) List<Double> kept,
      @ForAll @Size(max = 10) List<Double> doubles,
      @ForAll @Size(max = 10) List<Long> longs,
      @ForAll Random random) {
    Powers powers = new Powers();
    List<Runnable> removals = new ArrayList<>();
    for (double value : doubles) {
      powers.add(value);
      removals.add(() -> powers.subtract(value));
    }
    for (long value : longs) {
      powers.add(value);
      removals.add(() -> powers.subtract(value));
    }
    kept.forEach(powers::add);
    Collections.shuffle(removals, random);
    removals.forEach(Runnable::run);
    assertResults(kept.stream().map(BigDecimal::new).toList(), powers);
  }

  @Test
  void handPickedResults() {
    Powers powers = new Powers();
    powers.add(1L);
    powers.add(2.0);
    powers.add(3L);
    assertEquals(0.0, powers.skewness());
    assertEquals(-1.5, powers.kurtosis());
    powers.add(10.0);
    // Deviations from 4: -3, -2, -1, 6: m2 = 50/4, m3 = 180/4, m4 = 1394/4
    assertEquals(Math.sqrt(45.0 * 45.0 / (12.5 * 12.5 * 12.5)), powers.skewness());
    assertEquals(348.5 / 156.25 - 3, powers.kurtosis(), 1e-15);
    powers.subtract(1L);
    powers.subtract(10.0);
    powers.add(-8L);
    powers.add(4.0);
    assertTrue(powers.skewness() < 0);
  }

  @Test
  void extremesAreExact() {
    Powers powers = new Powers();
    powers.add(Long.MIN_VALUE);
    powers.add(Long.MAX_VALUE);
    powers.add(1e308);
    double tiny = 1e-308;
    powers.add(tiny);
    powers.subtract(1e308);
    assertResults(
        List.of(
            BigDecimal.valueOf(Long.MIN_VALUE),
            BigDecimal.valueOf(Long.MAX_VALUE),
            new BigDecimal(tiny)),
        powers);
  }

  @Test
  void noVarianceIsTheCallersError() {
    Powers powers = new Powers();
    assertFalse(powers.hasVariance());
    powers.add(0.1);
    powers.add(0.1);
    assertFalse(powers.hasVariance());
    assertEquals(
        "skewness needs values that differ; check hasVariance() first",
        assertThrows(IllegalStateException.class, powers::skewness).getMessage());
    assertThrows(IllegalStateException.class, powers::kurtosis);
    assertThrows(IllegalArgumentException.class, () -> powers.add(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> powers.subtract(Double.NaN));
    assertEquals(2, powers.count(), "a refused value changes nothing");
    powers.clear();
    assertThrows(IllegalStateException.class, () -> powers.subtract(1L));
    powers.add(1L);
    powers.add(Math.nextUp(1.0));
    assertTrue(powers.hasVariance());
  }

  /** From the definition: the moments of the deviations, those times n to stay integral. */
  private static void assertResults(List<BigDecimal> values, Powers actual) {
    assertEquals(values.size(), actual.count());
    BigDecimal n = BigDecimal.valueOf(values.size());
    BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal m2 = BigDecimal.ZERO;
    BigDecimal m3 = BigDecimal.ZERO;
    BigDecimal m4 = BigDecimal.ZERO;
    for (BigDecimal value : values) {
      BigDecimal deviation = n.multiply(value).subtract(sum);
      m2 = m2.add(deviation.pow(2));
      m3 = m3.add(deviation.pow(3));
      m4 = m4.add(deviation.pow(4));
    }
    assertEquals(m2.signum() != 0, actual.hasVariance());
    if (m2.signum() == 0) {
      return;
    }
    // g1^2 = (m3/n)^2 / (m2/n)^3 and g2 = (m4/n) / (m2/n)^2 - 3
    assertNearestRoot(n.multiply(m3.pow(2)), m2.pow(3), m3.signum(), actual.skewness());
    BigDecimal square = m2.pow(2);
    assertNearest(
        n.multiply(m4).subtract(square.multiply(BigDecimal.valueOf(3))), square, actual.kurtosis());
  }

  /** The root is that of the one double nearest to the quotient. */
  static void assertNearestRoot(
      BigDecimal numerator, BigDecimal denominator, int signum, double actual) {
    assertTrue(signum == 0 ? actual == 0.0 : actual * signum >= 0, "sign of " + actual);
    assertTrue(Double.doubleToRawLongBits(actual) != Long.MIN_VALUE, "-0.0");
    double rounded =
        ExactRatio.round(integral(numerator, denominator), integral(denominator, numerator));
    assertNearest(numerator, denominator, rounded);
    assertEquals(Math.sqrt(rounded), Math.abs(actual));
  }

  private static BigInteger integral(BigDecimal value, BigDecimal other) {
    int scale = Math.max(0, Math.max(value.scale(), other.scale()));
    return value.movePointRight(scale).toBigIntegerExact();
  }
}
