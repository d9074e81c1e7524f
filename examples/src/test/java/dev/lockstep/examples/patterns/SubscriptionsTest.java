package dev.lockstep.examples.patterns;

import static dev.lockstep.examples.patterns.Subscriptions.CHURN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.examples.patterns.Subscriptions.Refund;
import dev.lockstep.examples.patterns.Subscriptions.Review;
import dev.lockstep.examples.patterns.Subscriptions.Session;
import dev.lockstep.testing.Answer;
import dev.lockstep.testing.TestBench;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
  @Test
  void whatWasWatchedIsSummedByTheCustomersCalendar() {
    Answer answer =
        TestBench.of(CHURN)
            .send(
                watched(10, "2026-01-20T12:00:00Z"), // the month before
                watched(20, "2026-01-31T22:59:59Z"), // a second before midnight in Paris
                watched(40, "2026-01-31T23:00:00Z"), // Sunday, 1 February in Paris
                watched(80, "2026-02-02T09:00:00Z"), // Monday
                new Refund("r1", 7, "late", 9.99, Instant.parse("2026-01-15T09:00:00Z")))
            .ask(
                new Review(
                    "v1",
                    7,
                    Instant.parse("2025-02-03T12:00:00Z"),
                    Instant.parse("2026-02-10T01:00:00Z"),
                    Instant.parse("2026-02-03T12:00:00Z")));

    assertEquals(120.0, answer.number("minutes_month_to_date"));
    assertEquals(30.0, answer.number("minutes_previous_month"));
    assertEquals(80.0, answer.number("minutes_week_to_date"));
    assertEquals(60.0, answer.number("minutes_previous_week"));
    assertEquals(4.0, answer.number("month_trend"));
    assertEquals(1, answer.integer("refunds_90d_late"));
    assertEquals(0, answer.integer("refunds_90d_damaged"));
    assertEquals(365.0, answer.number("age_days"));
    assertEquals(7, answer.integer("days_to_renewal"));
  }

  private static Session watched(double minutes, String at) {
    return new Session(7, minutes, Instant.parse(at));
  }
}
