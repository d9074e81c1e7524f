package dev.lockstep.examples.patterns;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.countBy;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.monthToDate;
import static dev.lockstep.define.Window.previousMonth;
import static dev.lockstep.define.Window.previousWeek;
import static dev.lockstep.define.Window.weekToDate;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import java.time.Instant;
import java.time.ZoneId;

/** Subscription churn: will this customer cancel within a month? Asked once a day per customer. */
public final class Subscriptions {
  private Subscriptions() {}

  /** A customer is looked at. */
  public record Review(String id, long customer, Instant openedAt, Instant renewsAt, Instant at) {}

  /** A customer has watched something. */
  public record Session(long customer, double minutes, Instant at) {}

  /** A customer has got money back. */
  public record Refund(String id, long customer, String reason, double amount, Instant at) {}

  /** A customer has gone, after the review of an id. */
  public record Cancellation(String review, Instant at) {}

  public static final EventSource<Review> REVIEWS =
      EventSource.of(Review.class).named("reviews").id(Review::id).eventTime(Review::at);

  public static final EventSource<Session> SESSIONS =
      EventSource.of(Session.class).named("sessions").eventTime(Session::at);

  public static final EventSource<Refund> REFUNDS =
      EventSource.of(Refund.class).named("refunds").id(Refund::id).eventTime(Refund::at);

  public static final EventSource<Cancellation> CANCELLATIONS =
      EventSource.of(Cancellation.class).named("cancellations").eventTime(Cancellation::at);

  public static final Entity<Number> CUSTOMER = Entity.integer("customer");
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  // region calendar
  public static final FeatureView<Session> WATCHED =
      FeatureView.named("watched")
          .over(SESSIONS)
          .by(CUSTOMER, Session::customer)
          .features(
              "minutes",
              sum(Session::minutes)
                  .over(
                      weekToDate(PARIS),
                      previousWeek(PARIS),
                      monthToDate(PARIS),
                      previousMonth(PARIS))
                  .orElse(0))
          .feature("sessions_30d", count().over(last(days(30))));

  public static final FeatureView<Refund> REFUNDED =
      FeatureView.named("refunded")
          .over(REFUNDS)
          .by(CUSTOMER, Refund::customer)
          .feature("refunds_90d", countBy(Refund::reason, "damaged", "late").over(last(days(90))));

  public static final FeatureSet<Review> CHURN =
      FeatureSet.named("churn_v1")
          .forEach(REVIEWS)
          .entity(CUSTOMER, Review::customer)
          .with(WATCHED)
          .with(REFUNDED)
          .derive("age_days", request(Review::at).daysSince(request(Review::openedAt)))
          .derive(
              "days_to_renewal", request(Review::at).daysUntil(request(Review::renewsAt), PARIS))
          .derive(
              "month_trend",
              feature("minutes_month_to_date").dividedBy(feature("minutes_previous_month")));

  public static final Label<Cancellation> CANCELLED =
      Label.from(CANCELLATIONS).on(Cancellation::review).within(days(30)).happened("cancelled");
  // endregion
}
