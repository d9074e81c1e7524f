package dev.lockstep.training;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.conditionFeature;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.literal;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Expressions.when;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.define.Table;
import dev.lockstep.plan.FeaturePlan;
import java.time.Instant;

/** A small feature set with each kind of feature. */
public final class SyntheticPlan {
  /** The request. */
  public record Swipe(String id, String card, String channel, double amount, Instant at) {}

  /** The outcome. */
  public record Settlement(String swipe, boolean fraud, Instant at) {}

  /** What is known of a card. */
  public record Account(String card, long ageYears) {}

  static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);
  static final EventSource<Settlement> SETTLEMENTS =
      EventSource.of(Settlement.class)
          .named("settlements")
          .id(Settlement::swipe)
          .eventTime(Settlement::at);
  static final Entity<String> CARD = Entity.string("card");
  static final Table<Account> ACCOUNTS =
      Table.of(Account.class).named("accounts").by(CARD, Account::card);

  static final FeatureView<Swipe> ACTIVITY =
      FeatureView.named("activity")
          .over(SWIPES)
          .by(CARD, Swipe::card)
          .feature("swipes_1h", count().over(last(hours(1))))
          .feature("amount_avg_1h", avg(Swipe::amount).over(last(hours(1))));

  static final FeatureSet<Swipe> SET =
      FeatureSet.named("fraud")
          .forEach(SWIPES)
          .request("amount", Swipe::amount)
          .request("channel", Swipe::channel)
          .with(ACTIVITY)
          .lookup(ACCOUNTS, "ageYears")
          .derive("hour", request(Swipe::at).hourOfDay())
          .derive("amount_over_avg", feature("amount").dividedBy(feature("amount_avg_1h")))
          .derive("unusual", feature("amount_over_avg").greaterThan(3))
          .derive("large", feature("amount").greaterThan(100))
          .derive("large_at_night", conditionFeature("large").and(feature("hour").lessThan(6)))
          .derive("large_and_young", conditionFeature("large").and(feature("ageYears").lessThan(2)))
          .derive("online", request(Swipe::channel).equalTo(literal("online")))
          .derive(
              "capped",
              when(conditionFeature("large")).then(literal(100.0)).otherwise(feature("amount")));

  static final Label<Settlement> LABEL =
      Label.from(SETTLEMENTS).on(Settlement::swipe).is("fraudulent", field(Settlement::fraud));

  private SyntheticPlan() {}

  /** The set's plan with its label. */
  public static FeaturePlan plan() {
    return FeaturePlan.of(SET, LABEL);
  }

  /** The same features with a label of the same name: settled within a day. */
  public static FeaturePlan planOfAnotherLabel() {
    return FeaturePlan.of(
        SET,
        Label.from(SETTLEMENTS)
            .on(Settlement::swipe)
            .within(hours(24))
            .is("fraudulent", field(Settlement::fraud)));
  }

  /** The same features with a label that is the request's own. */
  public static FeaturePlan planOfAColumn() {
    return FeaturePlan.of(SET, Label.column("spent", Swipe::amount));
  }

  /** The same with one feature more: another fingerprint. */
  public static FeaturePlan planWithOneMore() {
    return FeaturePlan.of(SET.derive("small", feature("amount").lessThan(1)), LABEL);
  }
}
