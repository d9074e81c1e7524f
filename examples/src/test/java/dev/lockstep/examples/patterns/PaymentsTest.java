package dev.lockstep.examples.patterns;

import static dev.lockstep.examples.patterns.Payments.LAUNDERING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.examples.patterns.Payments.Payment;
import dev.lockstep.testing.Answer;
import dev.lockstep.testing.TestBench;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaymentsTest {
  @Test
  void bothAccountsOfAPaymentAreAskedFromOneState() {
    TestBench bench = TestBench.of(LAUNDERING);
    bench.at("2026-01-05T10:00:00Z").send(payment("p1", "anna", "ben", 100, "10:00:00"));
    bench.at("2026-01-05T10:10:00Z").send(payment("p2", "ben", "carl", 90, "10:10:00"));

    Answer answer =
        bench.at("2026-01-05T10:20:00Z").ask(payment("p3", "ben", "anna", 5, "10:20:00"));

    assertEquals(95.0, answer.number("sender_sent_7d")); // ben's 90, and these 5
    assertEquals(100.0, answer.number("sender_received_7d"));
    assertEquals(100.0, answer.number("receiver_sent_7d")); // what anna sent to ben
    assertEquals(5.0, answer.number("receiver_received_7d"));
    assertEquals(2, answer.integer("sender_receivers_7d"));
    assertEquals(0.95, answer.number("passed_on"));
  }

  private static Payment payment(String id, String from, String to, double amount, String time) {
    return new Payment(id, from, to, amount, Instant.parse("2026-01-05T" + time + "Z"));
  }
}
