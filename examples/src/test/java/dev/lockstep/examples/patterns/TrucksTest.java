package dev.lockstep.examples.patterns;

import static dev.lockstep.examples.patterns.Trucks.ARRIVAL_TIME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lockstep.examples.patterns.Trucks.Position;
import dev.lockstep.examples.patterns.Trucks.Query;
import dev.lockstep.testing.Answer;
import dev.lockstep.testing.TestBench;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrucksTest {
  private static final Instant NOON = Instant.parse("2026-01-03T12:00:00Z"); // a Saturday

  @Test
  void theWayThatIsLeftIsMeasuredFromWhereTheTruckWasSeenLast() {
    Answer answer =
        TestBench.of(ARRIVAL_TIME)
            .send(
                new Position("t1", 48.0, 11.0, 20, NOON.minusSeconds(600)),
                new Position("t1", 48.1, 11.0, 22, NOON.minusSeconds(60)))
            .ask(new Query("q1", "t1", 48.2, 11.0, NOON.plusSeconds(900), NOON));

    assertEquals(11_119.5, answer.number("metres_to_go"), 1); // a tenth of a degree of latitude
    assertEquals(21.0, answer.number("speed_1h"));
    assertEquals(22.0, answer.number("speed_10m"));
    assertEquals(900.0, answer.number("seconds_to_plan"));
    assertEquals(1, answer.integer("weekend"));
  }

  @Test
  void aTruckThatIsNotSeenIsNotGuessed() {
    Answer answer =
        TestBench.of(ARRIVAL_TIME)
            .ask(new Query("q1", "t1", 48.2, 11.0, NOON.plusSeconds(900), NOON));

    assertNull(answer.number("metres_to_go"));
    assertNull(answer.number("seconds_to_go"));
  }
}
