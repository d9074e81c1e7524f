package dev.lockstep.plan;

import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.plan.Shop.Chargeback;
import dev.lockstep.plan.Shop.Swipe;
import org.junit.jupiter.api.Test;

/** C14: labels as manifests and people read them; never part of the fingerprint. */
class LabelTextTest {
  private static final String RULES =
      "; source chargebacks id - event_time at:instant? available_at - sequence - deleted -"
          + " lateness 86400000000 clock_skew 300000000";
  private static final Label.On<Chargeback> NAMED =
      Label.from(EventSource.of(Chargeback.class).named("chargebacks").eventTime(Chargeback::at))
          .on(Chargeback::swipe);

  private static final FeatureSet<Swipe> SET = Shop.fraud();

  private static void check(Label<?> label, String canonical, String forPeople) {
    FeaturePlan plan = FeaturePlan.of(SET, label);
    assertEquals(canonical, plan.labelText());
    assertTrue(plan.explain().contains("\n" + forPeople), plan::explain);
    assertEquals(FeaturePlan.of(SET).fingerprint(), plan.fingerprint());
    assertEquals(FeaturePlan.of(SET).text(), plan.text());
  }

  @Test
  void laterEvents() {
    check(
        Shop.label(),
        "label fraud BOOLEAN first fraud:boolean of BOOLEAN on swipe:text?" + RULES,
        "label fraud from chargebacks: fraud\n\nvector");
    check(
        NAMED.within(days(30)).is("fraud", field(Chargeback::fraud)),
        "label fraud BOOLEAN first fraud:boolean of BOOLEAN on swipe:text? within 2592000000000"
            + RULES,
        """
        label fraud from chargebacks within 30d: fraud
          nothing that counts can come later than 31d after the request
        """);
    check(
        NAMED.within(days(30)).happened("fraud"),
        "label fraud BOOLEAN any (true) of BOOLEAN on swipe:text? within 2592000000000" + RULES,
        "label fraud from chargebacks within 30d: whether one came\n");
  }

  @Test
  void ofEventAndRequest() {
    check(
        NAMED.is("wait", field(Chargeback::at).secondsSince(request(Swipe::at))),
        "label wait DOUBLE first (at:instant? secondsSince request.at:instant?) of INSTANT,INSTANT on"
            + " swipe:text?"
            + RULES,
        "label wait from chargebacks: at.secondsSince(request.at)\n");
  }

  @Test
  void futureWindow() {
    check(
        Label.of(
                "spent",
                sum(Swipe::amount).where(field(Swipe::merchant).equalTo("m")).over(next(hours(2))))
            .from(SET.requests())
            .by(Shop.CARD, Swipe::card),
        "label spent DOUBLE sum(amount:double) DOUBLE next 7200000000 where (merchant:text? ="
            + " \"m\") of STRING,STRING by card:text? asked by card:text?; source swipes id"
            + " id:text? event_time at:instant? available_at - sequence - deleted - lateness"
            + " 86400000000 clock_skew 300000000 copies by [id STRING,card STRING,merchant"
            + " STRING,amount DOUBLE,at INSTANT]",
        "label spent from swipes by card, asked by request.card: sum(amount) where merchant ="
            + " \"m\" over next(2h)\n");
  }

  @Test
  void ownField() {
    check(
        Label.column("cost", Swipe::amount),
        "label cost DOUBLE from request.amount:double",
        "label cost: request.amount\n");
  }

  @Test
  void none() {
    assertEquals("", FeaturePlan.of(SET).labelText());
  }
}
