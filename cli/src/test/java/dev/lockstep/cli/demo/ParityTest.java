package dev.lockstep.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.examples.flights.FlightFeatures;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One differing bit is found, named and counted. */
class ParityTest {
  private final FeaturePlan plan = FeaturePlan.of(FlightFeatures.FLIGHT_DELAYS);

  private FeatureVector vector(Consumer<Values> change) {
    Values values = new Values(plan.featureTypes());
    for (int i = 0; i < values.size(); i++) {
      if (values.type(i) == ValueType.DOUBLE) {
        values.setDouble(i, i);
      }
    }
    change.accept(values);
    return new FeatureVector(
        plan.name(), plan.fingerprint(), "7", 1, 2, Map.of("origin", "SFO"), values, 0, 0);
  }

  private int firstDouble() {
    return plan.featureTypes().indexOf(ValueType.DOUBLE);
  }

  @Test
  void equalBitsAreIdentical() {
    Parity parity = new Parity(plan);
    parity.compare(vector(v -> {}), vector(v -> {}));
    assertEquals(1, parity.identical());
    assertTrue(parity.isComplete());
  }

  @Test
  void theLastBitOfADoubleIsADifference() {
    Parity parity = new Parity(plan);
    int i = firstDouble();
    parity.compare(vector(v -> {}), vector(v -> v.setBits(i, v.bits(i) + 1)));
    assertEquals(0, parity.identical());
    assertEquals(1, parity.compared());
    assertTrue(parity.differences().get(0).contains(plan.features().get(i).name()));
  }

  @Test
  void nullIsNotZero() {
    Parity parity = new Parity(plan);
    int i = firstDouble();
    parity.compare(vector(v -> v.setNull(i)), vector(v -> v.setDouble(i, 0)));
    assertEquals(0, parity.identical());
    assertTrue(
        parity.differences().get(0).contains("batch=null stream=0.0"), parity.differences().get(0));
  }

  @Test
  void whatIsMissingOnOneSideIsIncomplete() {
    Parity batchOnly = new Parity(plan);
    batchOnly.missingInStream(vector(v -> {}));
    assertFalse(batchOnly.isComplete());
    Parity streamOnly = new Parity(plan);
    streamOnly.missingInBatch(1);
    assertFalse(streamOnly.isComplete());
  }
}
