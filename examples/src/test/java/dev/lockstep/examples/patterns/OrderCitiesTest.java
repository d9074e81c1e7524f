package dev.lockstep.examples.patterns;

import static dev.lockstep.examples.patterns.OrderCities.ORDER_VALUE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lockstep.examples.patterns.OrderCities.City;
import dev.lockstep.examples.patterns.OrderCities.Customer;
import dev.lockstep.examples.patterns.OrderCities.Order;
import dev.lockstep.testing.Answer;
import dev.lockstep.testing.TestBench;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OrderCitiesTest {
  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
  private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant HEARD = Instant.parse("2026-06-05T00:00:00Z");

  @Test
  void theCityIsThatInWhichTheCustomerWasKnownToLive() {
    TestBench bench =
        TestBench.of(ORDER_VALUE)
            .send(
                new Customer(7, "Rome", "gold", MAY, MAY),
                new Customer(7, "Oslo", "silver", JUNE, HEARD), // moved in June, heard of later
                new City("Rome", 2_800_000, 30_000, MAY),
                new City("Oslo", 700_000, 50_000, MAY));

    Answer before = bench.ask(new Order("o1", 7, 20, HEARD.minusSeconds(1)));
    assertEquals(2_800_000, before.integer("city_inhabitants"));
    assertEquals(1, before.integer("tier_gold"));
    assertFalse(before.values().containsKey("city")); // read on the way, and no feature

    Answer after = bench.ask(new Order("o2", 7, 20, HEARD.plusSeconds(1)));
    assertEquals(700_000, after.integer("city_inhabitants"));
    assertEquals(0, after.integer("tier_gold"));
    assertEquals(StrictMath.log1p(50_000), after.number("income_log"));
  }

  @Test
  void whoIsNotKnownLivesNowhere() {
    Answer answer = TestBench.of(ORDER_VALUE).ask(new Order("o1", 8, 20, MAY));

    assertNull(answer.integer("city_inhabitants"));
    assertNull(answer.integer("tier_gold"));
    assertEquals(1, answer.integer("orders_30d"));
  }
}
