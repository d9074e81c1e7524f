package dev.lockstep.examples.patterns;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.testing.Parity;
import dev.lockstep.define.FeatureSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batch, stream and definition give the same bits for each of the patterns. */
class PatternsParityTest {
  private static final long SEED = 20_261_201;

  static Stream<FeatureSet<?>> sets() {
    return Stream.of(
        Payments.LAUNDERING,
        Trucks.ARRIVAL_TIME,
        AdClicks.CLICK_RATE,
        Subscriptions.CHURN,
        Marketplace.RANKING,
        OrderCities.ORDER_VALUE,
        Sensors.ANOMALY);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void allPathsGiveTheSameBits(FeatureSet<?> set) {
    Parity.Report report = Parity.check(set, SEED, 120);

    System.out.println("parity of " + set.name() + ", " + report);
    assertTrue(report.values() > 400, report.toString());
  }
}
