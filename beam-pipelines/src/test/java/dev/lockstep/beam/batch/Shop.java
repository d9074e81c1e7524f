package dev.lockstep.beam.batch;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.lastKDistinct;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.median;
import static dev.lockstep.define.Aggregations.min;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.dayToDate;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lastEvents;
import static dev.lockstep.define.Window.lifetime;
import static dev.lockstep.define.Window.session;

import dev.lockstep.define.Column;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.define.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;

/** Two sources, four branches, a table and a label: the definitions that these tests compute. */
final class Shop {
  private Shop() {}

  record Swipe(
      String id,
      String card,
      String merchant,
      Double amount,
      BigDecimal price,
      long cents,
      Instant at) {}

  record Settlement(
      long id,
      String swipe,
      String merchant,
      double fee,
      BigDecimal net,
      Instant at,
      Instant booked) {}

  record Account(String card, Integer grade, Instant from, boolean closed) {}

  static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);

  static final EventSource<Settlement> SETTLEMENTS =
      EventSource.of(Settlement.class)
          .named("settlements")
          .id(Settlement::id)
          .eventTime(Settlement::at)
          .availableAt(Settlement::booked)
          .lateness(hours(6));

  static final Entity<String> CARD = Entity.string("card");
  static final Entity<String> MERCHANT = Entity.string("merchant");

  static final FeatureView<Swipe> CARD_ACTIVITY = cardActivity("card_activity", SWIPES);

  static FeatureView<Swipe> cardActivity(String name, EventSource<Swipe> swipes) {
    return FeatureView.named(name)
        .over(swipes)
        .by(CARD, Swipe::card)
        .feature("swipes_10m", count().over(last(minutes(10))))
        .feature("earlier_1h", sum(Swipe::cents).over(last(hours(1))).excludingRequest())
        .feature("amount_avg_1h", avg(Swipe::amount).over(last(hours(1))))
        .feature("price_1h", sum(Swipe::price).over(last(hours(1))))
        .feature("merchants_1d", distinct(Swipe::merchant).over(last(days(1))))
        .feature("last_merchant", last(Swipe::merchant).over(last(days(1))))
        .feature(
            "large_1d",
            sum(Swipe::cents)
                .where(field(Swipe::amount).greaterThan(20))
                .over(last(days(1)).hop(hours(1))))
        .feature("of", count().where(field(Swipe::merchant).equalTo("m-1")).over(lastEvents(5)))
        .feature("median_5", median(Swipe::amount).over(lastEvents(5)).excludingRequest())
        .feature("run", count().over(session(minutes(30), days(1))))
        .feature("ever", distinct(Swipe::merchant).over(lifetime()))
        .feature("yesterday", max(Swipe::amount).over(last(days(1)).endingBefore(days(1))))
        .feature("shops", sum(Swipe::cents).by(Swipe::merchant).over(dayToDate(ZoneOffset.UTC)))
        .feature("recent", lastKDistinct(Swipe::merchant, 2).asColumns().over(last(days(1))));
  }

  private static final Column<Settlement, Boolean> CHEAP =
      Column.computed("cheap", 1, Boolean.class, s -> s.fee() < 1);

  static final FeatureView<Settlement> MERCHANT_FEES =
      FeatureView.named("merchant_fees")
          .over(SETTLEMENTS)
          .by(MERCHANT, Settlement::merchant)
          .feature("fee_max_1d", max(Settlement::fee).over(last(days(1))))
          .feature("fee_stddev_1h", stddev(Settlement::fee).over(last(hours(1))))
          .feature("net_least", min(Settlement::net).over(last(days(1))))
          .feature("cheap_last", last(CHEAP).over(last(days(1))));

  /** Whoever pays and is paid: a card, or the merchant of that name. */
  static final FeatureView<Swipe> PAYERS =
      FeatureView.named("payers")
          .over(SWIPES)
          .by(Entity.string("person"), Swipe::card)
          .feature("paid_1d", sum(Swipe::cents).over(last(days(1))))
          .feature("paid_before", count().over(last(hours(1))).excludingRequest());

  static final Table<Account> ACCOUNTS =
      Table.of(Account.class)
          .named("accounts")
          .by(CARD, Account::card)
          .effectiveFrom(Account::from)
          .deleted(Account::closed);

  static final FeatureSet<Swipe> SET =
      FeatureSet.named("shop_v1")
          .forEach(SWIPES)
          .entity(MERCHANT, Swipe::merchant)
          .request("amount", Swipe::amount)
          .with(CARD_ACTIVITY, MERCHANT_FEES)
          .with(PAYERS.askedBy(Swipe::card, "payer").askedBy(Swipe::merchant, "payee"))
          .lookup(ACCOUNTS, "grade")
          .derive("amount_over_avg", request(Swipe::amount).dividedBy(feature("amount_avg_1h")));

  static final Label<Settlement> LABEL =
      Label.from(SETTLEMENTS)
          .on(Settlement::swipe)
          .is("expensive", field(Settlement::fee).greaterThan(1));

  /**
   * Asked by the card, of what the merchant of that name was paid: event and request key differ.
   */
  static final FeatureSet<Swipe> SENDERS =
      FeatureSet.named("senders")
          .forEach(SWIPES)
          .entity(MERCHANT, Swipe::card)
          .request("amount", Swipe::amount)
          .with(
              FeatureView.named("received")
                  .over(SWIPES)
                  .by(MERCHANT, Swipe::merchant)
                  .feature("received_1d", sum(Swipe::cents).over(last(days(1)))));
}
