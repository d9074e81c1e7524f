package dev.lockstep.kernel;

import static dev.lockstep.define.Expressions.literal;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Expressions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lockstep.define.Condition;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.Expression;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.NumberExpression;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Derived expressions: C6 and C7, in the evaluator and in the oracle alike. */
class ExpressionEvaluatorTest {
  record Row(
      Boolean yes,
      Boolean no,
      Boolean unknown,
      Long one,
      Long zero,
      Long greatest,
      Long missing,
      Double half,
      Double huge,
      Double none,
      String text,
      Instant at) {}

  static final Row ROW =
      new Row(
          true,
          false,
          null,
          1L,
          0L,
          Long.MAX_VALUE,
          null,
          0.5,
          1e308,
          null,
          "text",
          Instant.parse("2024-05-01T12:00:00Z"));
  static final Condition YES = request(Row::yes);
  static final Condition NO = request(Row::no);
  static final Condition UNKNOWN = request(Row::unknown);
  static final NumberExpression ONE = request(Row::one);
  static final NumberExpression ZERO = request(Row::zero);
  static final NumberExpression GREATEST = request(Row::greatest);
  static final NumberExpression MISSING = request(Row::missing);
  static final NumberExpression HALF = request(Row::half);
  static final NumberExpression HUGE = request(Row::huge);
  static final NumberExpression NONE = request(Row::none);

  static Object value(Expression expression) {
    return value(expression, ROW);
  }

  static Object value(Expression expression, Row row) {
    FeaturePlan plan =
        FeaturePlan.of(
            FeatureSet.named("s")
                .forEach(EventSource.of(Row.class).named("rows").eventTime(Row::at))
                .derive("d", expression));
    Values fields = RowIntake.of(plan, plan.sources().get(0)).values(row);
    Values out = new Values(plan.featureTypes());
    new ExpressionEvaluator(plan.derived().get(0)).evaluate(fields, out, out, 0);
    SourceRow request = new SourceRow(0, 0, 0, 0, null, fields, 0);
    Object oracle = new NaiveOracle(plan).vectors(List.of(request)).get(0).values().get(0);
    assertEquals(oracle, out.get(0));
    return out.get(0);
  }

  static ValueType type(Expression expression) {
    return FeaturePlan.of(
            FeatureSet.named("s")
                .forEach(EventSource.of(Row.class).named("rows").eventTime(Row::at))
                .derive("d", expression))
        .features()
        .get(0)
        .type();
  }

  @Test
  void andOrNot() {
    assertEquals(true, value(YES.and(YES)));
    assertEquals(false, value(YES.and(NO)));
    assertEquals(false, value(NO.and(NO)));
    assertEquals(true, value(NO.or(YES)));
    assertEquals(false, value(NO.or(NO)));
    assertEquals(false, value(YES.not()));
    assertEquals(true, value(NO.not()));
  }

  /** C7: null is what isn't known, as in SQL: it counts only where the other side can't decide. */
  @Test
  void andOrWithNulls() {
    assertEquals(false, value(UNKNOWN.and(NO)));
    assertEquals(false, value(NO.and(UNKNOWN)));
    assertNull(value(UNKNOWN.and(YES)));
    assertNull(value(YES.and(UNKNOWN)));
    assertNull(value(UNKNOWN.and(UNKNOWN)));
    assertEquals(true, value(UNKNOWN.or(YES)));
    assertEquals(true, value(YES.or(UNKNOWN)));
    assertNull(value(UNKNOWN.or(NO)));
    assertNull(value(NO.or(UNKNOWN)));
    assertNull(value(UNKNOWN.or(UNKNOWN)));
    assertNull(value(UNKNOWN.not()));
  }

  /** C7: division by zero is null. */
  @Test
  void division() {
    assertEquals(0.5, value(HALF.dividedBy(ONE)));
    assertEquals(2.0, value(ONE.dividedBy(HALF)));
    assertEquals(0.5, value(ONE.dividedBy(literal(2))));
    assertNull(value(ONE.dividedBy(ZERO)));
    assertNull(value(ZERO.dividedBy(ZERO)));
    assertNull(value(HALF.dividedBy(0)));
    assertNull(value(HALF.dividedBy(-0.0)));
    assertEquals(ValueType.DOUBLE, type(ONE.dividedBy(ONE)));
  }

  /** C6: what doesn't fit its type is null; nothing wraps. */
  @Test
  void overflow() {
    assertNull(value(GREATEST.plus(ONE)));
    assertNull(value(GREATEST.times(GREATEST)));
    assertNull(value(ZERO.minus(GREATEST).minus(ONE).minus(ONE)));
    assertEquals(Long.MAX_VALUE, value(GREATEST.minus(ZERO)));
    assertEquals(Long.MIN_VALUE, value(ZERO.minus(GREATEST).minus(ONE)));
    assertNull(value(HUGE.times(HUGE)));
    assertNull(value(HUGE.times(10).minus(HUGE.times(10))));
  }

  /** C6: -0.0 is 0.0. */
  @Test
  void negativeZero() {
    assertEquals(0L, Double.doubleToRawLongBits((Double) value(literal(-1.0).times(literal(0.0)))));
    assertNull(value(literal(Double.NaN)));
    assertNull(value(literal(Double.POSITIVE_INFINITY)));
  }

  @Test
  void integersStayIntegersBesideIntegers() {
    assertEquals(2L, value(ONE.plus(ONE)));
    assertEquals(2L, value(ONE.plus(literal(1L))));
    assertEquals(1.5, value(ONE.plus(HALF)));
    assertEquals(-0.5, value(HALF.minus(ONE)));
  }

  /** C6: a bare whole number is a LONG, one with a point a DOUBLE, wherever it stands. */
  @Test
  void bareNumbers() {
    assertEquals(2L, value(ONE.plus(1)));
    assertEquals(2.0, value(ONE.plus(1.0)));
    assertEquals(1.5, value(HALF.plus(1)));
    assertEquals(3L, value(ONE.times(3)));
    assertEquals(1L, value(ONE.remainder(2)));
    assertEquals(1L, value(ONE.min(7)));
    assertEquals(7L, value(MISSING.orElse(7)));
    assertEquals(7.0, value(MISSING.orElse(7.0)));
    assertEquals(1L, value(when(YES).then(1).otherwise(2)));
    assertEquals(1L, value(literal(1)));
    assertEquals(1.0, value(literal(1f)));
    assertEquals(new BigDecimal("2.5"), value(literal(new BigDecimal("2.50"))));
    assertEquals(false, value(GREATEST.greaterThan(Long.MAX_VALUE)));
    assertEquals(false, value(GREATEST.equalTo(Long.MAX_VALUE - 1)));
    assertEquals(true, value(GREATEST.equalTo((double) (Long.MAX_VALUE - 1))));
    // Of several that stand together all count as doubles where one is.
    assertEquals(1.0, value(ONE.clip(0, 2.5)));
    assertEquals(true, value(GREATEST.isIn(0.5, Long.MAX_VALUE - 1)));
    assertEquals(1L, value(GREATEST.bucketise(Long.MAX_VALUE)));
    assertEquals(0L, value(literal(Long.MAX_VALUE - 1).bucketise(Long.MAX_VALUE)));
  }

  @Test
  void nullIn() {
    for (Expression e :
        List.of(
            MISSING.plus(ONE),
            ONE.minus(MISSING),
            MISSING.times(MISSING),
            NONE.dividedBy(ONE),
            NONE.lessThan(1),
            ONE.equalTo(MISSING),
            NONE.log1p())) {
      assertNull(value(e), e.toString());
    }
  }

  @Test
  void comparisons() {
    assertEquals(true, value(HALF.lessThan(ONE)));
    assertEquals(false, value(ONE.lessThan(ONE)));
    assertEquals(true, value(ONE.atMost(ONE)));
    assertEquals(true, value(ONE.greaterThan(0.5)));
    assertEquals(true, value(ONE.atLeast(literal(1L))));
    assertEquals(true, value(ONE.equalTo(literal(1.0))));
    assertEquals(true, value(request(Row::text).equalTo(literal("text"))));
    assertEquals(false, value(request(Row::text).equalTo(literal("Text"))));
    assertEquals(false, value(YES.equalTo(NO)));
    assertEquals(true, value(request(Row::at).atMost(request(Row::at))));
    // As integers these differ; as doubles they would not.
    assertEquals(false, value(literal((1L << 53) + 1).equalTo(literal(1L << 53))));
    assertEquals(false, value(GREATEST.equalTo(literal(Long.MAX_VALUE - 1))));
  }

  @Test
  void orElse() {
    assertEquals(0.5, value(HALF.orElse(7)));
    assertEquals(7.0, value(NONE.orElse(7)));
    assertEquals(7.0, value(MISSING.orElse(HALF).orElse(7).plus(6.5)));
    assertEquals(1.0, value(ONE.orElse(7.5)), "an integer beside a double is a double");
    assertEquals(1L, value(ONE.orElse(7)));
    assertEquals(1L, value(MISSING.orElse(ONE)));
    assertNull(value(MISSING.orElse(NONE)));
    assertEquals("text", value(request(Row::text).orElse(literal("none"))));
  }

  /** A null condition takes the other branch; the branch not taken may be null. */
  @Test
  void whenThenOtherwise() {
    assertEquals(1L, value(when(YES).then(ONE).otherwise(MISSING)));
    assertNull(value(when(NO).then(ONE).otherwise(MISSING)));
    assertEquals(0L, value(when(UNKNOWN).then(ONE).otherwise(ZERO)));
    assertEquals(1.0, value(when(YES).then(ONE).otherwise(HALF)));
    assertEquals(0.5, value(when(NO).then(ONE).otherwise(HALF)));
  }

  @Test
  void log1p() {
    assertEquals(StrictMath.log1p(0.5), value(HALF.log1p()));
    assertEquals(StrictMath.log1p(1), value(ONE.log1p()));
    assertEquals(0.0, value(ZERO.log1p()));
    assertNull(value(literal(-1.0).log1p()), "minus infinity");
    assertNull(value(literal(-1.5).log1p()), "not a number");
  }

  @Test
  void timeParts() {
    assertEquals(12L, value(request(Row::at).hourOfDay()));
    assertEquals(3L, value(request(Row::at).dayOfWeek()));
    assertEquals(8L, value(request(Row::at).hourOfDay(ZoneId.of("America/New_York"))));
    assertEquals(21L, value(request(Row::at).hourOfDay(ZoneId.of("Asia/Tokyo"))));
    // Half past: 12:00 in Kolkata is 17:30.
    assertEquals(17L, value(request(Row::at).hourOfDay(ZoneId.of("Asia/Kolkata"))));
  }

  /** Before the epoch, over the date line, and at both sides of a clock's change. */
  @Test
  void timePartsAtTheEdges() {
    assertEquals(23L, hour("1969-12-31T23:59:59.999999Z", "UTC"));
    assertEquals(3L, weekday("1969-12-31T23:59:59.999999Z", "UTC"));
    assertEquals(4L, weekday("1969-12-31T23:59:59.999999Z", "Asia/Tokyo"));
    assertEquals(0L, hour("1970-01-01T00:00:00Z", "UTC"));
    assertEquals(7L, weekday("0001-12-30T00:00:00Z", "UTC"));
    assertEquals(1L, hour("2024-03-31T00:59:59Z", "Europe/Berlin"));
    assertEquals(3L, hour("2024-03-31T01:00:00Z", "Europe/Berlin"));
    assertEquals(7L, weekday("2024-12-08T23:59:59Z", "UTC"));
    assertEquals(1L, weekday("2024-12-09T00:00:00Z", "UTC"));
  }

  private static Object hour(String at, String zone) {
    return value(request(Row::at).hourOfDay(ZoneId.of(zone)), at(at));
  }

  private static Object weekday(String at, String zone) {
    return value(request(Row::at).dayOfWeek(ZoneId.of(zone)), at(at));
  }

  private static Row at(String at) {
    return new Row(
        null, null, null, null, null, null, null, null, null, null, null, Instant.parse(at));
  }
}
