package dev.lockstep.examples.habits;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distanceTravelled;
import static dev.lockstep.define.Aggregations.lastKDistinct;
import static dev.lockstep.define.Aggregations.of;
import static dev.lockstep.define.Aggregations.quantile;
import static dev.lockstep.define.Aggregations.sinceLast;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lastEvents;
import static dev.lockstep.define.Window.monthToDate;
import static dev.lockstep.define.Window.session;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureView;
import java.time.Instant;
import java.time.ZoneId;

/** A card's habits, over windows of many kinds. */
public final class CardHabits {
  /** A card was used. */
  public record Payment(
      String id,
      String card,
      String country,
      String merchant,
      double amount,
      boolean online,
      double latitude,
      double longitude,
      Instant at) {}

  static final EventSource<Payment> PAYMENTS =
      EventSource.of(Payment.class).named("payments").id(Payment::id).eventTime(Payment::at);

  static final Entity<String> CARD = Entity.string("card");

  private CardHabits() {}

  public static FeatureView<Payment> view() {
    // region habits
    return FeatureView.named("card_habits")
        .over(PAYMENTS)
        .by(CARD, Payment::card)
        .feature("spent_24h", sum(Payment::amount).over(last(hours(24))))
        .feature("spent_90d", sum(Payment::amount).over(last(days(90)).hop(hours(1))))
        .feature(
            "spent_this_month", sum(Payment::amount).over(monthToDate(ZoneId.of("Europe/Paris"))))
        .feature(
            "large", count().where(field(Payment::amount).greaterThan(500)).over(last(days(7))))
        .feature(
            "spent_in", sum(Payment::amount).by(Payment::country, "FR", "DE").over(last(days(30))))
        .feature("usual", quantile(Payment::amount, 0.9).over(lastEvents(50)).excludingRequest())
        .feature("seconds_since", sinceLast().over(last(days(30))).excludingRequest())
        .feature("merchant", lastKDistinct(Payment::merchant, 3).asColumns().over(last(days(7))))
        .feature(
            "metres",
            distanceTravelled(Payment::latitude, Payment::longitude)
                .where(field(Payment::online).not())
                .over(session(minutes(30), days(1))))
        .feature("midrange", of(new Midrange(), Payment::amount).over(last(days(7))));
    // endregion
  }
}
