package dev.lockstep.examples.fraud;

import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Window.next;
import static dev.lockstep.examples.fraud.FraudFeatures.CARD;
import static dev.lockstep.examples.fraud.FraudFeatures.SETTLEMENTS;
import static dev.lockstep.examples.fraud.FraudFeatures.SWIPES;

import dev.lockstep.define.Label;

/** What else could be learnt of a swipe: a label of each kind. */
public final class FraudLabels {
  private FraudLabels() {}

  // region event
  /** Whether the swipe was settled as fraud within 30 days; null where it wasn't settled. */
  public static final Label<Settlement> SETTLED_AS_FRAUD =
      Label.from(SETTLEMENTS)
          .on(Settlement::swipe)
          .within(days(30))
          .is("settled_as_fraud", field(Settlement::fraud));

  // endregion

  // region happened
  /** Whether a settlement within 30 days says fraud; false where none does. */
  public static final Label<Settlement> FRAUD_IN_30_DAYS =
      Label.from(SETTLEMENTS)
          .on(Settlement::swipe)
          .within(days(30))
          .happened("fraud_in_30_days", field(Settlement::fraud));

  // endregion

  // region window
  /** What the card spends in the two hours after the swipe. */
  public static final Label<Swipe> SPEND_NEXT_2H =
      Label.of("spend_next_2h", sum(Swipe::amount).over(next(hours(2))))
          .from(SWIPES)
          .by(CARD, Swipe::card);

  // endregion

  // region column
  /** How much the swipe is for, to be estimated from the rest. */
  public static final Label<Swipe> AMOUNT = Label.column("swiped", Swipe::amount);
  // endregion
}
