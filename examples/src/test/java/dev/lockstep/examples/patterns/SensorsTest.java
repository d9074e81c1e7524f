package dev.lockstep.examples.patterns;

import static dev.lockstep.examples.patterns.Sensors.ANOMALY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.examples.patterns.Sensors.Quantity;
import dev.lockstep.examples.patterns.Sensors.Reading;
import dev.lockstep.testing.Answer;
import dev.lockstep.testing.TestBench;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SensorsTest {
  private static final UUID PUMP = new UUID(0, 1);
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  @Test
  void aReadingIsHeldAgainstItsDevicesDayAndYesterday() {
    TestBench bench =
        TestBench.of(ANOMALY)
            .send(
                reading(PUMP, Quantity.TEMPERATURE, 90, "2026-01-05T05:59:59Z"), // 4 January there
                reading(PUMP, Quantity.TEMPERATURE, 10, "2026-01-05T18:00:00Z"),
                reading(PUMP, Quantity.TEMPERATURE, 14, "2026-01-05T19:00:00Z"),
                reading(PUMP, Quantity.PRESSURE, 700, "2026-01-05T19:00:00Z"));

    Answer answer = bench.ask(reading(PUMP, Quantity.TEMPERATURE, 16, "2026-01-06T06:00:00Z"));

    assertEquals(12.0, answer.number("device_avg_24h"));
    assertEquals(Math.sqrt(8), answer.number("device_stddev_24h"));
    assertEquals(4 / Math.sqrt(8), answer.number("z_score"));
    assertEquals(14.0, answer.number("device_max_yesterday"));
    assertEquals(16.0, answer.number("plant_avg_today"));
    assertEquals(PUMP + "|TEMPERATURE", answer.entities().get("device"));
  }

  private static Reading reading(UUID device, Quantity quantity, double value, String time) {
    Instant at = Instant.parse(time);
    return new Reading(
        quantity + time, device, quantity, "p1", LocalDate.ofInstant(at, CHICAGO), value, at);
  }
}
