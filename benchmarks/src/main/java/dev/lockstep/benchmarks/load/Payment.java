package dev.lockstep.benchmarks.load;

import dev.lockstep.define.EventSource;
import java.time.Duration;
import java.time.Instant;

/**
 * What is aggregated: a card's payment, its amount once as an integer and once as a double, its
 * merchant once as a number and once as text.
 */
public record Payment(
    String card, long cents, double amount, long merchant, String shop, Instant at) {

  /** Late by a minute at most: what the late ones of the measurements are within. */
  public static final EventSource<Payment> SOURCE =
      EventSource.of(Payment.class)
          .named("payments")
          .eventTime(Payment::at)
          .lateness(Duration.ofMinutes(1));
}
