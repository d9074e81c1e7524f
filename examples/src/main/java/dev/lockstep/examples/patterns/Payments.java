package dev.lockstep.examples.patterns;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import java.time.Instant;

/** Money laundering: a payment asks about both of its accounts, each as sender and as receiver. */
public final class Payments {
  private Payments() {}

  /** A payment from one account to another. */
  public record Payment(String id, String sender, String receiver, double amount, Instant at) {}

  public static final EventSource<Payment> PAYMENTS =
      EventSource.of(Payment.class).named("payments").id(Payment::id).eventTime(Payment::at);

  public static final Entity<String> ACCOUNT = Entity.string("account");

  // region roles
  public static final FeatureView<Payment> SENT =
      FeatureView.named("sent")
          .over(PAYMENTS)
          .by(ACCOUNT, Payment::sender)
          .features("sent", sum(Payment::amount).over(last(hours(1), days(7))))
          .feature("receivers_7d", distinct(Payment::receiver).over(last(days(7))));

  public static final FeatureView<Payment> RECEIVED =
      FeatureView.named("received")
          .over(PAYMENTS)
          .by(ACCOUNT, Payment::receiver)
          .features("received", sum(Payment::amount).over(last(hours(1), days(7))))
          .feature("payments_7d", count().over(last(days(7))));

  public static final FeatureSet<Payment> LAUNDERING =
      FeatureSet.named("laundering_v1")
          .forEach(PAYMENTS)
          .request("amount", Payment::amount)
          .with(SENT.askedBy(Payment::sender, "sender").askedBy(Payment::receiver, "receiver"))
          .with(RECEIVED.askedBy(Payment::sender, "sender").askedBy(Payment::receiver, "receiver"))
          .derive("passed_on", feature("sender_sent_7d").dividedBy(feature("sender_received_7d")))
          .derive(
              "share_of_received",
              request(Payment::amount).dividedBy(feature("receiver_received_7d")));
  // endregion
}
