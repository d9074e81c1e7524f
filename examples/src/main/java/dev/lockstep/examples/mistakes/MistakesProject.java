package dev.lockstep.examples.mistakes;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.History;
import dev.lockstep.define.Label;
import dev.lockstep.define.Project;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.examples.fraud.FraudProject;
import dev.lockstep.examples.fraud.Swipe;
import java.io.IOException;
import java.nio.file.Path;

/** The fraud example with mistakes: {@code plan} reports all of them, each with its cure. */
public final class MistakesProject implements Project {

  private static final FeatureView<Swipe> CARD_ACTIVITY =
      FeatureView.named("card_activity")
          .over(FraudFeatures.SWIPES)
          .by(FraudFeatures.CARD, Swipe::card)
          // The first: a window of no length.
          .feature("card_swipes_10m", count().over(last(minutes(0))))
          .feature("card_amount_sum_1h", sum(Swipe::amount).over(last(hours(1))))
          // What is computed of an event reads the request.
          .feature(
              "card_amount_share",
              avg(field(Swipe::amount).dividedBy(request(Swipe::amount))).over(last(hours(1))))
          // A number's default is text.
          .feature("card_swipes_1h", count().over(last(hours(1))).orElse("none"));

  private static final FeatureSet<Swipe> SET =
      FeatureSet.named("mistakes_v1")
          .forEach(FraudFeatures.SWIPES)
          .request("amount", Swipe::amount)
          .with(CARD_ACTIVITY)
          // The second: the table has no such field.
          .lookup(FraudFeatures.ACCOUNTS, "age")
          // The third: the feature's name is misspelt.
          .derive("share", request(Swipe::amount).dividedBy(feature("card_amount_sum_1hour")))
          // Text is read as a number.
          .request("merchant", Swipe::merchant)
          .derive("merchant_twice", feature("merchant").times(2));

  @Override
  public String name() {
    return "mistakes";
  }

  @Override
  public String description() {
    return "Wrong on purpose: `plan mistakes` shows what errors look like.";
  }

  @Override
  public FeatureSet<?> featureSet() {
    return SET;
  }

  @Override
  public Label<?> label() {
    return FraudFeatures.FRAUDULENT;
  }

  @Override
  public String action() {
    return "nothing";
  }

  @Override
  public History history(Path directory) throws IOException {
    return new FraudProject().history(directory);
  }
}
