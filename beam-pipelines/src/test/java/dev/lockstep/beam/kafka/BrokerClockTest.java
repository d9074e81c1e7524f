package dev.lockstep.beam.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said of clocks that are apart: only what is sure, whatever a record's way took. */
class BrokerClockTest {
  private static final long NOON = 1_796_040_000_000L;

  private final BrokerClock clock = new BrokerClock(Duration.ofMillis(10), Duration.ofMillis(100));

  @Test
  void aStampWithinTheRecordsWayTellsNothing() {
    assertNull(clock.told(NOON, NOON, NOON + 900));
    assertNull(clock.told(NOON, NOON + 450, NOON + 900));
    assertNull(clock.told(NOON, NOON + 900, NOON + 900));
  }

  @Test
  void halfOfWhatIsPromisedIsNearEnough() {
    assertNull(clock.told(NOON, NOON - 50, NOON + 5));
    assertNull(clock.told(NOON, NOON + 55, NOON + 5));
  }

  @Test
  void aClockBehindMayLetRequestsGoEarly() {
    assertEquals(
        "The broker's clock is 51 ms or more behind this machine's, and 10 are allowed: requests"
            + " may be answered before all that they know was read. Set the clocks right, or start"
            + " with --broker-skew 102",
        clock.told(NOON, NOON - 51, NOON + 5));
    assertNull(
        new BrokerClock(Duration.ofMillis(200), Duration.ofMillis(100))
            .told(NOON, NOON - 51, NOON + 5),
        "it was said");
  }

  @Test
  void aClockAheadLetsRequestsWait() {
    assertEquals(
        "The broker's clock is 51 ms or more ahead of this machine's: requests wait for quiet"
            + " partitions that much longer. Set the clocks right",
        clock.told(NOON, NOON + 56, NOON + 5));
  }
}
