package dev.lockstep.cli.bench;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import java.time.Instant;

/** A plan of as many features as asked for, for training sets that are drawn and not computed. */
final class DrawnPlan {

  /** A payment, which asks. */
  public record Payment(String id, String card, double amount, Instant at) {}

  /** What became of it. */
  public record Outcome(String payment, boolean bad, Instant at) {}

  private DrawnPlan() {}

  /** The averages over 1, 2, ... minutes, with a label. */
  static FeaturePlan of(int columns) {
    EventSource<Payment> payments =
        EventSource.of(Payment.class).named("payments").id(Payment::id).eventTime(Payment::at);
    FeatureView<Payment> view =
        FeatureView.named("payments_of_card")
            .over(payments)
            .by(Entity.string("card"), Payment::card);
    for (int i = 1; i <= columns; i++) {
      view = view.feature("avg_" + i + "m", avg(Payment::amount).over(last(minutes(i))));
    }
    EventSource<Outcome> outcomes =
        EventSource.of(Outcome.class).named("outcomes").id(Outcome::payment).eventTime(Outcome::at);
    return FeaturePlan.of(
        FeatureSet.named("bench").forEach(payments).with(view),
        Label.from(outcomes).on(Outcome::payment).is("bad", field(Outcome::bad)));
  }
}
