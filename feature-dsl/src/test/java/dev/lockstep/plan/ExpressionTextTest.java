package dev.lockstep.plan;

import static dev.lockstep.define.Expressions.distance;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.literal;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Expressions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.Expression;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.Shop.Swipe;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** C14: each operator stands in the plan's text with all that it depends on. */
class ExpressionTextTest {
  private static final Expression AMOUNT = request(Swipe::amount);
  private static final Expression CARD = request(Swipe::card);
  private static final Expression AT = request(Swipe::at);
  private static final Expression SEQ = request(Swipe::seq);
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  private static void assertText(String expected, Expression e) {
    FeaturePlan plan =
        FeaturePlan.of(
            FeatureSet.named("s")
                .forEach(Shop.swipes())
                .request("x", Swipe::amount)
                .derive("d", e));
    assertEquals(
        expected, ExpressionText.of(plan.derived().get(1), plan.requestSource().columns()));
  }

  @Test
  void operators() {
    assertText("(request.amount + 1.0)", AMOUNT.plus(1));
    assertText("(request.amount - x)", AMOUNT.minus(feature("x")));
    assertText("(request.seq * 2)", SEQ.times(literal(2L)));
    assertText("(request.amount / x)", AMOUNT.ratioTo("x"));
    assertText("((request.amount - x) / x)", AMOUNT.zScore("x", "x"));
    assertText("(request.seq % 7)", SEQ.remainder(literal(7L)));
    assertText("(request.amount pow 0.5)", AMOUNT.pow(0.5));
    assertText("(request.amount min request.seq)", AMOUNT.min(SEQ));
    assertText("(request.amount max 0.0)", AMOUNT.max(0));
    assertText(
        "((request.amount < 1.0) and (x > 2.0))",
        AMOUNT.lessThan(1).and(feature("x").greaterThan(2)));
    assertText("((x <= 1.0) or (x >= 2.0))", feature("x").atMost(1).or(feature("x").atLeast(2)));
    assertText("(request.seq = 1)", SEQ.equalTo(1));
    assertText("(request.card != \"US\")", CARD.notEqualTo("US"));
    assertText("(request.card orElse \"a \\\"b\\\"\")", CARD.orElse("a \"b\""));
    assertText(
        "when(isNull(x)).then((true)).otherwise((false))",
        when(feature("x").isNull()).then(true).otherwise(false));
  }

  @Test
  void functions() {
    assertText("negate(abs(floor(round(request.amount))))", AMOUNT.round().floor().abs().negate());
    assertText("sqrt(exp(log(log1p(request.amount))))", AMOUNT.log1p().log().exp().sqrt());
    assertText("asInteger(not(isNull(request.card)))", CARD.isNull().not().asInteger());
    assertText("length(lower(request.card))", CARD.lower().length());
    assertText("isIn(request.card, \"US\", \"DE\")", CARD.isIn("US", "DE"));
    assertText("isIn(request.seq, 1, 2)", SEQ.isIn(1, 2));
    assertText("isIn(request.seq, 1.0, 2.0)", SEQ.isIn(1.0, 2.0));
    assertText("clip(request.seq, 0, 10)", SEQ.clip(0, 10));
    assertText("clip(request.amount, 0.0, 0.5)", AMOUNT.clip(-0.0, 0.5));
    assertText("bucketise(request.amount, 10.0, 100.0)", AMOUNT.bucketise(10, 100));
    assertText("hash(request.card, 1024)", CARD.hash(1024));
    assertText(
        "distance(request.amount, x, 1.0, request.seq)",
        distance(AMOUNT, feature("x"), literal(1.0), SEQ));
  }

  @Test
  void times() {
    assertText("hour_of_day(request.at, Z)", AT.hourOfDay());
    assertText("day_of_week(request.at, Asia/Tokyo)", AT.dayOfWeek(TOKYO));
    assertText("time_of_day_sine(request.at, Z)", AT.timeOfDaySine());
    assertText("time_of_day_cosine(request.at, Asia/Tokyo)", AT.timeOfDayCosine(TOKYO));
    assertText("time_of_week_sine(request.at, Asia/Tokyo)", AT.timeOfWeekSine(TOKYO));
    assertText("time_of_week_cosine(request.at, Z)", AT.timeOfWeekCosine());
  }
}
