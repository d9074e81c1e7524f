package dev.lockstep.benchmarks.batch;

import dev.lockstep.define.EventSource;
import java.time.Instant;

/**
 * A card's payment.
 *
 * @param key the card
 * @param at when it happened; no two payments happen at one instant
 * @param amount with two digits behind the point
 */
public record Payment(String key, Instant at, double amount) {

  /** Its history carries no arrival times, so each is assumed on time. */
  static final EventSource<Payment> SOURCE =
      EventSource.of(Payment.class).named("payments").eventTime(Payment::at);
}
