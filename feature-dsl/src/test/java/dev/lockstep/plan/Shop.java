package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Emission.ordered;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.define.Table;
import java.time.Instant;

/** The definition that the plan's tests edit. */
final class Shop {
  record Swipe(
      String id, String card, String merchant, double amount, Instant at, Instant known, long seq) {
    /** Not a component. */
    double cents() {
      return amount * 100;
    }
  }

  record Refund(String card, double amount, Instant at) {}

  record Account(String card, Instant since, boolean gone, Double limit) {}

  record Chargeback(String swipe, boolean fraud, Instant at) {}

  static final Entity<String> CARD = Entity.string("card");
  static final Entity<String> MERCHANT = Entity.string("merchant");

  private Shop() {}

  static EventSource<Swipe> swipes() {
    return EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);
  }

  static EventSource<Refund> refunds() {
    return EventSource.of(Refund.class).named("refunds").eventTime(Refund::at);
  }

  static Table<Account> accounts() {
    return Table.of(Account.class)
        .named("accounts")
        .by(CARD, Account::card)
        .effectiveFrom(Account::since);
  }

  static FeatureView<Swipe> activity(EventSource<Swipe> swipes) {
    return FeatureView.named("card_activity")
        .over(swipes)
        .by(CARD, Swipe::card)
        .feature("swipes_10m", count().over(last(minutes(10))))
        .feature("amount_avg_1h", avg(Swipe::amount).over(last(hours(1))).excludingRequest())
        .feature("merchants_24h", distinct(Swipe::merchant).over(last(hours(24))));
  }

  static FeatureSet<Swipe> fraud() {
    EventSource<Swipe> swipes = swipes();
    return FeatureSet.named("fraud_v1")
        .forEach(swipes)
        .with(activity(swipes))
        .with(
            FeatureView.named("card_refunds")
                .over(refunds())
                .by(CARD, Refund::card)
                .feature("refunds_24h", count().over(last(hours(24)))))
        .lookup(accounts(), "limit")
        .request("amount", Swipe::amount)
        .derive("amount_over_avg", request(Swipe::amount).dividedBy(feature("amount_avg_1h")))
        .emit(ordered());
  }

  static Label<Chargeback> label() {
    return Label.from(
            EventSource.of(Chargeback.class).named("chargebacks").eventTime(Chargeback::at))
        .on(Chargeback::swipe)
        .is("fraud", field(Chargeback::fraud));
  }
}
