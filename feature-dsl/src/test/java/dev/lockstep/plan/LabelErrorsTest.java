package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.plan.Shop.Chargeback;
import dev.lockstep.plan.Shop.Refund;
import dev.lockstep.plan.Shop.Swipe;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** L1 to L4, C13: what is wrong with a label is said before anything runs, with the cure. */
class LabelErrorsTest {
  private final EventSource<Swipe> swipes = Shop.swipes();
  private final Label.On<Chargeback> named =
      Label.from(EventSource.of(Chargeback.class).named("chargebacks").eventTime(Chargeback::at))
          .on(Chargeback::swipe);

  private void assertErrors(Label<?> label, String... expected) {
    FeatureSet<Swipe> set = FeatureSet.named("s").forEach(swipes).request("amount", Swipe::amount);
    DefinitionException thrown =
        assertThrows(DefinitionException.class, () -> FeaturePlan.of(set, label));
    assertEquals(
        String.join("\n", expected),
        thrown.errors().stream().map(DefinitionError::toString).collect(Collectors.joining("\n")));
  }

  @Test
  void aFeatureCannotLookAhead() {
    FeatureSet<Swipe> set =
        FeatureSet.named("s")
            .forEach(swipes)
            .with(
                FeatureView.named("v")
                    .over(swipes)
                    .by(Shop.CARD, Swipe::card)
                    .feature("x", count().over(next(hours(2)))));
    DefinitionException thrown = assertThrows(DefinitionException.class, () -> FeaturePlan.of(set));
    assertEquals(
        """
        feature x: its window next(2h) lies after the request, where a feature can't look
            cure: give it a window that ends at the request, last(...), or make it the label: \
        Label.of(name, value).from(SOURCE).by(ENTITY, Record::column)""",
        thrown.errors().get(0).toString());
  }

  @Test
  void whatReadsTheRequest() {
    assertErrors(
        named
            .within(days(1))
            .happened("more", field(Chargeback::fraud).and(request(Swipe::seq).greaterThan(1))),
        """
        label more: the condition of happened reads the request
            cure: read fields of the event alone, or give the first event's: is(name, condition)""");
    assertErrors(
        named.is("own", request(Swipe::amount).times(2)),
        """
        label own: it reads the request alone
            cure: read a field of the event too, or say Label.column(name, column)""");
  }

  @Test
  void times() {
    assertErrors(
        named.within(days(0)).happened("fraud", field(Chargeback::fraud)),
        """
        label fraud: it waits for PT0S, which is not a positive number of microseconds
            cure: give a positive duration: within(days(30))""");
    assertErrors(
        named.within(days(200_000_000)).happened("fraud"),
        """
        label fraud: it waits for PT4800000000H, more than 292 000 years
            cure: give a shorter duration""");
  }

  @Test
  void futureWindows() {
    assertErrors(
        Label.of("n", sum(Refund::amount).over(last(hours(2))).excludingRequest())
            .from(Shop.refunds())
            .by(Shop.CARD, Refund::card),
        """
        label n: the request doesn't say which card it is about
            cure: add .entity(card, Request::column) to the feature set""",
        """
        label n: it excludes the request, which its window can't hold
            cure: drop excludingRequest(): a window after the request begins behind its event""",
        """
        label n: its window last(2h) doesn't lie after the request
            cure: let a label look at what happens then: next(hours(2))""");
    assertErrors(
        Label.of("n", count().over(next(hours(-2))))
            .from(swipes)
            .by(Entity.integer("seq"), Swipe::seq),
        """
        label n: its window is PT-2H, which is not a positive number of microseconds
            cure: give a positive duration: next(hours(2))""");
  }

  @Test
  void valuesThatNoModelLearns() {
    assertErrors(
        Label.of("where", last(Swipe::merchant).over(next(hours(2))))
            .from(swipes)
            .by(Shop.CARD, Swipe::card),
        """
        label where: it is of type STRING
            cure: let it be a boolean or a number, which a model can learn""");
    assertErrors(
        Label.of(
                "n",
                dev.lockstep.define.Aggregations.<Swipe>count()
                    .by(Swipe::merchant, "a", "b")
                    .over(next(hours(2))))
            .from(swipes)
            .by(Shop.CARD, Swipe::card),
        """
        label n: it gives 2 values
            cure: let it be one: drop by(...) or asColumns(), and say where(...) for one category""");
    assertErrors(
        Label.column("at", Swipe::at),
        """
        label at: it is of type INSTANT
            cure: let it be a boolean or a number, which a model can learn""");
  }

  @Test
  void aNameOfAFeature() {
    assertErrors(
        Label.column("amount", Swipe::amount),
        """
        label amount: the name is taken by a feature, of derived feature
            cure: rename one of the two: both are columns of the training set""");
  }
}
