package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.testing.Parity;
import dev.lockstep.testing.Answer;
import dev.lockstep.testing.TestBench;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OrderFeaturesTest {
  private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");

  @Test
  void aCustomersOrdersOfTheLastDayAreCountedWithTheOneThatAsks() {
    TestBench bench =
        TestBench.of(OrderFeatures.SET)
            .send(
                order("o1", "anna", 20, Duration.ZERO),
                order("o2", "anna", 40, Duration.ofHours(23)),
                order("o3", "boris", 99, Duration.ofHours(23)));

    Answer answer = bench.ask(order("o4", "anna", 90, Duration.ofHours(25)));

    assertEquals(2, answer.integer("customer_orders_24h"));
    assertEquals(150.0, answer.number("customer_spent_30d"));
    assertEquals(3.0, answer.number("amount_over_average")); // 90 over the average of 20 and 40
  }

  /** Training and production: the same bits over records made to break careless code. */
  @Test
  void batchAndStreamGiveTheSameBits() {
    Parity.Report report = Parity.check(OrderFeatures.SET, 1);

    assertTrue(report.values() > 1_000, report.toString());
  }

  private static Order order(String id, String customer, double amount, Duration afterNine) {
    return new Order(id, customer, "lamp", amount, false, NINE.plus(afterNine));
  }
}
