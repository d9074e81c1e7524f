package dev.lockstep.examples.flights;

import static dev.lockstep.examples.flights.FlightFeatures.FLIGHT_DELAYS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.testing.Parity;
import dev.lockstep.testing.Answer;
import dev.lockstep.testing.TestBench;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FlightFeaturesTest {
  private static final Instant NOON = Instant.parse("2001-01-05T12:00:00Z");

  private static Flight flight(long number, String from, String to, int minutes) {
    return new Flight(number, NOON.plus(Duration.ofMinutes(minutes)), 500, from, to);
  }

  private static Landing landing(Flight flight, int delay, int minutes) {
    return new Landing(
        flight.flight(),
        flight.date(),
        NOON.plus(Duration.ofMinutes(minutes)),
        delay,
        flight.distance(),
        flight.origin(),
        flight.destination());
  }

  @Test
  void aDelayCountsOnceTheFlightHasLanded() {
    Flight early = flight(1, "SFO", "LAX", 0);
    Flight landed = flight(2, "SFO", "SEA", 5);
    TestBench bench = TestBench.of(FLIGHT_DELAYS).send(early, landed);
    bench.send(landing(landed, 30, 55), landing(early, 10, 90));

    Answer before = bench.ask(flight(3, "SFO", "LAX", 60));
    assertEquals(30.0, before.number("origin_delay_avg_3h"));
    assertEquals(1.0, before.number("origin_delayed_share_3h"));
    assertEquals(0, before.integer("destination_landed_3h"));
    assertEquals(3, before.integer("origin_scheduled_3h"));

    Answer after = bench.ask(flight(4, "SFO", "LAX", 120));
    assertEquals(20.0, after.number("origin_delay_avg_3h"));
    assertEquals(10.0, after.number("route_delay_avg_3h"));
    assertEquals(0.5, after.number("origin_delayed_share_3h"));
  }

  @Test
  void batchAndStreamGiveTheSameBits() {
    Parity.Report report = Parity.check(FLIGHT_DELAYS, 20_010_105);

    assertTrue(report.values() > 5_000, report.toString());
  }
}
