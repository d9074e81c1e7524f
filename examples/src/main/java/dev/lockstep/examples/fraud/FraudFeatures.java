package dev.lockstep.examples.fraud;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.min;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
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

/**
 * What is known about a swipe when it arrives: what its card and its merchant did lately, and how
 * old the account is.
 */
public final class FraudFeatures {
  private FraudFeatures() {}

  // region sources
  /** Swipes; most arrive within two seconds, a few hours late, some twice. */
  public static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class)
          .named("swipes")
          .id(Swipe::id)
          .eventTime(Swipe::at)
          .availableAt(Swipe::receivedAt)
          .sequence(Swipe::sequence)
          .lateness(hours(6));

  /** The outcome of every swipe, two to four days and some hours later, known at once. */
  public static final EventSource<Settlement> SETTLEMENTS =
      EventSource.of(Settlement.class)
          .named("settlements")
          .id(Settlement::swipe)
          .eventTime(Settlement::at)
          .availableAt(Settlement::at)
          .lateness(hours(1));

  // endregion

  public static final Entity<String> CARD = Entity.string("card");
  public static final Entity<String> MERCHANT = Entity.string("merchant");

  // region table
  /** The account behind a card, as versions: each holds from its day until the next. */
  public static final Table<Account> ACCOUNTS =
      Table.of(Account.class)
          .named("accounts")
          .by(CARD, Account::card)
          .effectiveFrom(Account::effectiveFrom)
          .availableAt(Account::availableAt);

  // endregion

  // region view
  public static final FeatureView<Swipe> CARD_ACTIVITY =
      FeatureView.named("card_activity")
          .over(SWIPES)
          .by(CARD, Swipe::card)
          .features("card_swipes", count().over(last(minutes(10), hours(1), hours(24), days(3))))
          .feature("card_amount_sum_1h", sum(Swipe::amount).over(last(hours(1))))
          .feature("card_amount_min_1h", min(Swipe::amount).over(last(hours(1))))
          .feature("card_amount_max_24h", max(Swipe::amount).over(last(hours(24))))
          .features("card_merchants", distinct(Swipe::merchant).over(last(hours(1), hours(24))))
          .feature("card_amount_avg_3d", avg(Swipe::amount).over(last(days(3))).excludingRequest())
          .feature(
              "card_amount_stddev_3d",
              stddev(Swipe::amount).over(last(days(3))).excludingRequest());

  // endregion

  // region merchant
  public static final FeatureView<Swipe> MERCHANT_ACTIVITY =
      FeatureView.named("merchant_activity")
          .over(SWIPES)
          .by(MERCHANT, Swipe::merchant)
          .features("merchant_swipes", count().over(last(hours(1), hours(24))))
          .feature("merchant_cards_1h", distinct(Swipe::card).over(last(hours(1))))
          .features(
              "merchant_amount_avg",
              avg(Swipe::amount).over(last(hours(1), hours(24))).excludingRequest())
          .feature(
              "merchant_amount_stddev_24h",
              stddev(Swipe::amount).over(last(hours(24))).excludingRequest());

  // endregion

  // region set
  public static final FeatureSet<Swipe> FRAUD =
      FeatureSet.named("fraud_v1")
          .forEach(SWIPES)
          .request("amount", Swipe::amount)
          .derive("hour_of_day", request(Swipe::at).hourOfDay())
          .derive("day_of_week", request(Swipe::at).dayOfWeek())
          .with(CARD_ACTIVITY, MERCHANT_ACTIVITY)
          .lookup(ACCOUNTS, Account::ageYears, Account::creditLimit)
          .derive(
              "amount_over_card_avg",
              request(Swipe::amount).dividedBy(feature("card_amount_avg_3d")))
          .derive(
              "amount_over_merchant_avg",
              request(Swipe::amount).dividedBy(feature("merchant_amount_avg_24h")))
          .derive("credit_used_1h", feature("card_amount_sum_1h").dividedBy(feature("creditLimit")))
          .derive(
              "merchant_rush",
              feature("merchant_swipes_1h").times(24).dividedBy(feature("merchant_swipes_24h")))
          .emit(ordered());

  // endregion

  // region label
  /** Whether the swipe turned out to be fraud, known when it is settled: within five days. */
  public static final Label<Settlement> FRAUDULENT =
      Label.from(SETTLEMENTS)
          .on(Settlement::swipe)
          .within(days(5))
          .is("fraud", field(Settlement::fraud));
  // endregion
}
