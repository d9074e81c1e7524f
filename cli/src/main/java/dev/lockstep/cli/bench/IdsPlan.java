package dev.lockstep.cli.bench;

import static dev.lockstep.define.Durations.days;

import dev.lockstep.define.Emission;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import java.time.Instant;

/**
 * A set whose stream holds nothing but ids, for a day: requests, of which two fields are read, and
 * no view of them.
 */
final class IdsPlan {
  /** A request. */
  record Payment(String id, String card, double amount, Instant at) {}

  private IdsPlan() {}

  static FeatureSet<Payment> of(Emission emission) {
    EventSource<Payment> payments =
        EventSource.of(Payment.class)
            .named("payments")
            .id(Payment::id)
            .eventTime(Payment::at)
            .lateness(days(1));
    return FeatureSet.named("ids")
        .forEach(payments)
        .request("card", Payment::card)
        .request("amount", Payment::amount)
        .emit(emission);
  }
}
