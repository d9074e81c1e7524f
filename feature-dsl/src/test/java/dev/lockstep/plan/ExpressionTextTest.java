package dev.lockstep.plan;

import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.distance;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.literal;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Expressions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.Condition;
import dev.lockstep.define.Expression;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.NumberExpression;
import dev.lockstep.define.TextExpression;
import dev.lockstep.define.TimeExpression;
import dev.lockstep.plan.Shop.Swipe;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** C14: each operator stands in the plan's text with all that it depends on. */
class ExpressionTextTest {
  private static final NumberExpression AMOUNT = request(Swipe::amount);
  private static final TextExpression CARD = request(Swipe::card);
  private static final TimeExpression AT = request(Swipe::at);
  private static final NumberExpression SEQ = request(Swipe::seq);
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
    assertText("request.amount + 1", AMOUNT.plus(1));
    assertText("request.amount + 1.0", AMOUNT.plus(1.0));
    assertText("request.amount - x", AMOUNT.minus(feature("x")));
    assertText("request.seq * 2", SEQ.times(literal(2L)));
    assertText("request.amount / x", AMOUNT.ratioTo("x"));
    assertText("(request.amount - x) / x", AMOUNT.zScore("x", "x"));
    assertText("request.seq % 7", SEQ.remainder(7));
    assertText("request.amount.pow(0.5)", AMOUNT.pow(0.5));
    assertText("request.amount.min(request.seq)", AMOUNT.min(SEQ));
    assertText("request.amount.max(0)", AMOUNT.max(0));
    assertText("request.amount < 1 and x > 2", AMOUNT.lessThan(1).and(feature("x").greaterThan(2)));
    assertText("x <= 1 or x >= 2", feature("x").atMost(1).or(feature("x").atLeast(2)));
    assertText("request.seq = 1", SEQ.equalTo(1));
    assertText("request.card != \"US\"", CARD.notEqualTo("US"));
    assertText("request.card.orElse(\"a \\\"b\\\"\")", CARD.orElse("a \"b\""));
    assertText(
        "when(x.isNull()).then(true).otherwise(false)",
        when(feature("x").isNull()).then(true).otherwise(false));
  }

  /** As few brackets as the precedence leaves, and none too few. */
  @Test
  void brackets() {
    assertText("request.seq - (x - 1)", SEQ.minus(feature("x").minus(1)));
    assertText("request.seq - x - 1", SEQ.minus(feature("x")).minus(1));
    assertText("request.seq + (x + 1.5)", SEQ.plus(feature("x").plus(1.5)));
    assertText("request.seq + x * 2", SEQ.plus(feature("x").times(2)));
    assertText("(request.seq + x) * 2", SEQ.plus(feature("x")).times(2));
    assertText("request.seq / (x / 2)", SEQ.dividedBy(feature("x").dividedBy(2)));
    assertText("-(request.seq + 1)", SEQ.plus(1).negate());
    assertText("-request.seq * 2", SEQ.negate().times(2));
    assertText("(-request.seq).abs()", SEQ.negate().abs());
    assertText("(request.seq + 1).log1p()", SEQ.plus(1).log1p());
    Condition a = SEQ.greaterThan(1);
    Condition b = CARD.isNull();
    assertText(
        "request.seq > 1 and b and request.seq > 1".replace("b", "request.card.isNull()"),
        a.and(b).and(a));
    assertText("(request.seq > 1 or request.card.isNull()) and request.seq > 1", a.or(b).and(a));
    assertText("request.seq > 1 or request.card.isNull() and request.seq > 1", a.or(b.and(a)));
    assertText("not (request.seq > 1)", a.not());
    assertText("(request.seq > 1) = request.card.isNull()", a.equalTo(b));
    assertText("request.seq > 1", a.asInteger());
    assertText("(request.seq > 1) + 1", a.asInteger().plus(1));
  }

  @Test
  void functions() {
    assertText("-request.amount.round().floor().abs()", AMOUNT.round().floor().abs().negate());
    assertText("request.amount.log1p().log().exp().sqrt()", AMOUNT.log1p().log().exp().sqrt());
    assertText("not request.card.isNull()", CARD.isNull().not().asInteger());
    assertText("request.card.lower().length()", CARD.lower().length());
    assertText("request.card.isIn(\"US\", \"DE\")", CARD.isIn("US", "DE"));
    assertText("request.seq.isIn(1, 2)", SEQ.isIn(1, 2));
    assertText("request.seq.isIn(1.0, 2.0)", SEQ.isIn(1.0, 2));
    assertText("request.seq.clip(0, 10)", SEQ.clip(0, 10));
    assertText("request.amount.clip(0.0, 0.5)", AMOUNT.clip(-0.0, 0.5));
    assertText("request.amount.bucketise(10, 100)", AMOUNT.bucketise(10, 100));
    assertText("request.card.hash(1024)", CARD.hash(1024));
    assertText(
        "distance(request.amount, x, 1.0, request.seq)",
        distance(AMOUNT, feature("x"), literal(1.0), SEQ));
  }

  @Test
  void times() {
    assertText("request.at.hourOfDay()", AT.hourOfDay());
    assertText("request.at.dayOfWeek(Asia/Tokyo)", AT.dayOfWeek(TOKYO));
    assertText("request.at.dayOfMonth()", AT.dayOfMonth(ZoneId.of("UTC")));
    assertText("request.at.month(Asia/Tokyo)", AT.month(TOKYO));
    assertText("request.at.isWeekend()", AT.isWeekend());
    assertText("request.at.timeOfDaySine()", AT.timeOfDaySine());
    assertText("request.at.timeOfDayCosine(Asia/Tokyo)", AT.timeOfDayCosine(TOKYO));
    assertText("request.at.timeOfWeekSine(Asia/Tokyo)", AT.timeOfWeekSine(TOKYO));
    assertText("request.at.timeOfWeekCosine()", AT.timeOfWeekCosine());
    assertText("(request.at + 2h).hourOfDay()", AT.plus(hours(2)).hourOfDay());
    assertText(
        "request.at - 90d < 2024-01-01T00:00:00Z",
        AT.minus(days(90)).lessThan(Instant.parse("2024-01-01T00:00:00Z")));
    assertText("request.at.secondsSince(request.known)", request(Swipe::known).secondsUntil(AT));
    assertText("request.at.daysSince(request.known)", AT.daysSince(request(Swipe::known)));
    assertText(
        "request.at.daysSince(request.known, Asia/Tokyo)",
        AT.daysSince(request(Swipe::known), TOKYO));
  }

  /** The fingerprint's text has every bracket. */
  @Test
  void canonical() {
    FeaturePlan plan =
        FeaturePlan.of(
            FeatureSet.named("s")
                .forEach(Shop.swipes())
                .derive("d", SEQ.plus(1).times(2).greaterThan(3).and(CARD.isNull()).asInteger())
                .derive("e", AT.plus(hours(2)).daysSince(AT, TOKYO)));
    assertEquals(
        "asInteger(((((request.seq:long + 1) * 2) > 3) and isNull(request.card:text?)))",
        ExpressionText.canonical(
            plan.derived().get(0), plan.requestSource().columns(), "request."));
    assertEquals(
        "daysSince(shift(request.at:instant?, PT2H), request.at:instant?, Asia/Tokyo)",
        ExpressionText.canonical(
            plan.derived().get(1), plan.requestSource().columns(), "request."));
  }
}
