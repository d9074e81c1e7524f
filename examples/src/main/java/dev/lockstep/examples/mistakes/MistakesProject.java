package dev.lockstep.examples.mistakes;

import static dev.lockstep.define.About.about;
import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.lookup;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lastEvents;
import static dev.lockstep.define.Window.tumbling;

import dev.lockstep.define.Entity;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.examples.fraud.Account;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.examples.fraud.FraudProject;
import dev.lockstep.examples.fraud.Swipe;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;

/** The fraud example with a mistake of each kind: {@code plan} reports all, each with its cure. */
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
          .feature("card_swipes_1h", count().over(last(hours(1))).orElse("none"))
          // Hours of a zone's clocks that divide no day.
          .feature("card_swipes_5h", count().over(tumbling(hours(5), ZoneId.of("Europe/Paris"))))
          // Two windows that are one, and so have one name.
          .features("card_amount_max", max(Swipe::amount).over(last(hours(24), days(1))))
          // The newest events of all merchants, read at one of them.
          .feature(
              "card_amount_here",
              sum(Swipe::amount).by(Swipe::merchant).at(Swipe::merchant).over(lastEvents(10)));

  /** A key that is a double. */
  private static final FeatureView<Swipe> SAME_AMOUNT =
      FeatureView.named("same_amount")
          .over(FraudFeatures.SWIPES)
          .by(Entity.of("sum", double.class), Swipe::amount)
          .feature("same_amount_1h", count().over(last(hours(1))));

  private static final FeatureView<Swipe> CARDS =
      FeatureView.named("cards")
          .over(FraudFeatures.SWIPES)
          .by(FraudFeatures.CARD, Swipe::card)
          .feature("seen_1h", count().over(last(hours(1))))
          // A feature that the view doesn't have.
          .except("seen_2h");

  private static final FeatureSet<Swipe> SET =
      FeatureSet.named("mistakes_v1")
          .forEach(FraudFeatures.SWIPES)
          .request("amount", Swipe::amount)
          .with(CARD_ACTIVITY, SAME_AMOUNT)
          // The second: the table has no such field.
          .lookup(FraudFeatures.ACCOUNTS, "age")
          // The third: the feature's name is misspelt.
          .derive("share", request(Swipe::amount).dividedBy(feature("card_amount_sum_1hour")))
          // Text is read as a number.
          .request("merchant", Swipe::merchant)
          .derive("merchant_twice", feature("merchant").times(2))
          // Deprecated in favour of a feature that isn't there.
          .about("merchant_twice", about("").replacedBy("merchant_thrice"))
          // A role whose key is a number where the view's is text, and a role twice.
          .with(CARDS.askedBy(Swipe::sequence, "own"))
          .with(CARDS.askedBy(Swipe::merchant, "shop").askedBy(Swipe::card, "shop"))
          // A table looked up by another's field, which is a number.
          .lookup(
              FraudFeatures.ACCOUNTS.via(
                  "other", lookup(FraudFeatures.ACCOUNTS, Account::creditLimit)),
              Account::ageYears);

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
