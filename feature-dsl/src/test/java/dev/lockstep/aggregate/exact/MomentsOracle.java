package dev.lockstep.aggregate.exact;

import static dev.lockstep.aggregate.exact.Nearest.assertNearest;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;

/**
 * Means and variances by their definitions, with the mean taken out of each value, in BigDecimal.
 */
final class MomentsOracle {

  private final List<BigDecimal> values;
  private final BigDecimal repeats;
  private final BigDecimal n;

  MomentsOracle(List<BigDecimal> values) {
    this(values, 1);
  }

  /** Of the values, each taken {@code repeats} times. */
  MomentsOracle(List<BigDecimal> values, long repeats) {
    this.values = values;
    this.repeats = BigDecimal.valueOf(repeats);
    this.n = this.repeats.multiply(BigDecimal.valueOf(values.size()));
  }

  BigDecimal sum() {
    return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add).multiply(repeats);
  }

  void assertMean(Mean actual) {
    assertEquals(n.longValueExact(), actual.count());
    assertNearest(sum(), actual.sum());
    assertNearest(sum(), n, actual.mean());
  }

  void assertVariances(Moments actual) {
    // sum (x - sum/n)^2 = sum (n x - sum)^2 / n^2
    BigDecimal sum = sum();
    BigDecimal deviations =
        values.stream()
            .map(x -> n.multiply(x).subtract(sum).pow(2))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .multiply(repeats);
    BigDecimal square = n.pow(2);
    assertNearest(deviations, square.multiply(n), actual.populationVariance());
    assertEquals(Math.sqrt(actual.populationVariance()), actual.populationStddev());
    if (n.compareTo(BigDecimal.ONE) > 0) {
      BigDecimal less = n.subtract(BigDecimal.ONE);
      assertNearest(deviations, square.multiply(less), actual.sampleVariance());
      assertEquals(Math.sqrt(actual.sampleVariance()), actual.sampleStddev());
    }
  }
}
