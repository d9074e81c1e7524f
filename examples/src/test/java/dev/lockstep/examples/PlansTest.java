package dev.lockstep.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.examples.flights.FlightFeatures;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.project.Project;
import dev.lockstep.value.ValueType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The plans of the examples, as people and the fingerprint read them (C14). */
class PlansTest {

  @Test
  void flightsAsExplained() throws IOException {
    pinned("flights-plan.txt", FlightFeatures.FLIGHT_DELAYS, FlightFeatures.DELAYED_FLIGHT);
  }

  @Test
  void fraudAsExplained() throws IOException {
    pinned("fraud-plan.txt", FraudFeatures.FRAUD, FraudFeatures.FRAUDULENT);
  }

  @Test
  void projectsAreFoundByName() {
    List<String> found =
        ServiceLoader.load(Project.class).stream()
            .map(provider -> provider.get().name())
            .sorted()
            .toList();

    assertEquals(List.of("flights", "flights-event-time", "fraud", "mistakes"), found);
  }

  @Test
  void everyFeatureIsInputForAModel() {
    for (FeatureSet<?> set : List.of(FlightFeatures.FLIGHT_DELAYS, FraudFeatures.FRAUD)) {
      List<String> notNumbers =
          FeaturePlan.of(set).features().stream()
              .filter(f -> f.type() == ValueType.STRING || f.type() == ValueType.INSTANT)
              .map(FeatureColumn::name)
              .toList();
      assertEquals(List.of(), notNumbers, set.name());
    }
  }

  private static void pinned(String golden, FeatureSet<?> set, Label<?> label) throws IOException {
    Path actual = Path.of("target", "golden", golden);
    Files.createDirectories(actual.getParent());
    Files.writeString(actual, FeaturePlan.of(set, label).explain());
    try (InputStream in = PlansTest.class.getResourceAsStream("/" + golden)) {
      String expected =
          new String(Objects.requireNonNull(in, golden).readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(
          expected,
          Files.readString(actual),
          "the plan changed; if it should, copy " + actual + " to src/test/resources");
    }
  }
}
