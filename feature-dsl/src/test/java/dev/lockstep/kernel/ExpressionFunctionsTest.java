package dev.lockstep.kernel;

import static dev.lockstep.define.Expressions.distance;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.literal;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Expressions.when;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.GREATEST;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.HALF;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.HUGE;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.MISSING;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.NO;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.NONE;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.ONE;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.ROW;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.UNKNOWN;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.YES;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.ZERO;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.type;
import static dev.lockstep.kernel.ExpressionEvaluatorTest.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lockstep.define.EventSource;
import dev.lockstep.define.Expression;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.NumberExpression;
import dev.lockstep.define.TimeExpression;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.ExpressionEvaluatorTest.Row;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.value.TextHash;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Functions in expressions: C6 and C7, in the evaluator and in the oracle alike. */
class ExpressionFunctionsTest {
  private static final NumberExpression LEAST = literal(Long.MIN_VALUE);

  @Test
  void nullIn() {
    for (Expression e :
        List.of(
            MISSING.negate(),
            NONE.abs(),
            NONE.floor(),
            NONE.round(),
            NONE.sqrt(),
            NONE.exp(),
            NONE.log(),
            NONE.pow(2),
            literal(2).pow(NONE),
            MISSING.remainder(ONE),
            MISSING.min(ONE),
            ONE.max(NONE),
            NONE.clip(0, 1),
            NONE.bucketise(1, 2),
            MISSING.isIn(1, 2),
            MISSING.notEqualTo(1),
            MISSING.hash(10),
            UNKNOWN.asInteger(),
            literal("x").orElse("y").isIn("x").and(UNKNOWN),
            distance(NONE, ONE, ONE, ONE),
            distance(ONE, ONE, ONE, NONE))) {
      assertNull(value(e), e.toString());
    }
  }

  /** C7: the one that is never null. */
  @Test
  void isNull() {
    assertEquals(true, value(MISSING.isNull()));
    assertEquals(false, value(ZERO.isNull()));
    assertEquals(true, value(ONE.dividedBy(ZERO).isNull()));
    assertEquals(false, value(UNKNOWN.isNull().isNull()));
    assertEquals(true, value(literal(Double.NaN).isNull()));
  }

  @Test
  void signs() {
    assertEquals(-1L, value(ONE.negate()));
    assertEquals(-0.5, value(HALF.negate()));
    assertEquals(0L, Double.doubleToRawLongBits((Double) value(literal(0.0).negate())));
    assertEquals(Long.MAX_VALUE, value(LEAST.plus(ONE).abs()));
    assertEquals(0.5, value(HALF.negate().abs()));
    assertNull(value(LEAST.negate()));
    assertNull(value(LEAST.abs()));
  }

  /** Half goes to even; what doesn't fit a LONG is null. */
  @Test
  void wholeNumbers() {
    assertEquals(List.of(0L, 2L, 2L, 0L, -2L), rounded(0.5, 1.5, 2.5, -0.5, -1.5));
    assertEquals(List.of(0L, 1L, 3L), rounded(0.49999999999999994, 0.50000000000000011, 2.51));
    assertEquals(0L, value(HALF.floor()));
    assertEquals(-1L, value(HALF.negate().floor()));
    assertEquals(Long.MAX_VALUE, value(GREATEST.round()), "a LONG stays as it is");
    assertEquals(Long.MAX_VALUE, value(GREATEST.floor()));
    assertEquals(Long.MIN_VALUE, value(literal(-0x1p63).round()));
    assertEquals(Long.MIN_VALUE, value(literal(-0x1p63).floor()));
    assertNull(value(literal(0x1p63).round()));
    assertNull(value(literal(0x1p63).floor()));
    assertNull(value(literal(Math.nextDown(-0x1p63)).floor()));
    assertNull(value(HUGE.round()));
    assertEquals(ValueType.LONG, type(HALF.floor()));
  }

  private static List<Object> rounded(double... numbers) {
    return Arrays.stream(numbers).mapToObj(n -> value(literal(n).round())).toList();
  }

  @Test
  void remainders() {
    assertEquals(1L, value(literal(7L).remainder(literal(3L))));
    assertEquals(-1L, value(literal(-7L).remainder(literal(3L))));
    assertEquals(1L, value(literal(7L).remainder(literal(-3L))));
    assertEquals(0L, value(LEAST.remainder(literal(-1L))));
    assertEquals(1.5, value(literal(7.5).remainder(literal(3L))));
    assertEquals(0L, bits(literal(-6.0).remainder(literal(3.0))), "not -0.0");
    assertNull(value(ONE.remainder(ZERO)));
    assertNull(value(HALF.remainder(ZERO)));
  }

  private static long bits(Expression e) {
    return Double.doubleToRawLongBits((Double) value(e));
  }

  @Test
  void minAndMax() {
    assertEquals(0L, value(ONE.min(ZERO)));
    assertEquals(1L, value(ONE.max(ZERO)));
    assertEquals(0.5, value(ONE.min(HALF)));
    assertEquals(1.0, value(ONE.max(HALF)), "an integer beside a double is a double");
    assertEquals(ROW.at(), value(request(Row::at).max(request(Row::at))));
    assertEquals(ValueType.INSTANT, type(request(Row::at).min(request(Row::at))));
  }

  @Test
  void powersAndLogarithms() {
    assertEquals(1024.0, value(literal(2).pow(10)));
    assertEquals(0.5, value(literal(2L).pow(literal(-1L))));
    assertEquals(1.0, value(ZERO.pow(ZERO)));
    assertNull(value(ZERO.pow(-1)), "infinite");
    assertNull(value(literal(-1).pow(0.5)), "not a number");
    assertNull(value(HUGE.pow(2)), "too great");
    assertEquals(3.0, value(literal(9L).sqrt()));
    assertNull(value(literal(-1).sqrt()));
    assertEquals(StrictMath.exp(1), value(ONE.exp()));
    assertNull(value(literal(710).exp()));
    assertEquals(0.0, value(literal(-1000).exp()));
    assertEquals(0.0, value(ONE.log()));
    assertEquals(StrictMath.log(0.5), value(HALF.log()));
    assertNull(value(ZERO.log()));
    assertNull(value(literal(-1).log()));
  }

  @Test
  void clip() {
    assertEquals(0L, value(literal(-5L).clip(0, 10)));
    assertEquals(10L, value(GREATEST.clip(0, 10)));
    assertEquals(1L, value(ONE.clip(0, 10)));
    assertEquals(ValueType.LONG, type(ONE.clip(0, 10)));
    assertEquals(0.5, value(HALF.clip(0, 10)));
    assertEquals(1.0, value(HALF.clip(1, 1)));
    assertEquals(0.75, value(ONE.clip(0.25, 0.75)), "an integer beside a double is a double");
    assertEquals(0L, bits(literal(-5.0).clip(-0.0, 10.0)));
  }

  /** From a boundary on, it included, counts as above it. */
  @Test
  void bucketise() {
    Number[] boundaries = {0, 10, 100};
    assertEquals(
        List.of(0L, 1L, 1L, 2L, 2L, 3L, 3L),
        Arrays.stream(new double[] {-0.1, -0.0, 9.9, 10, 99, 100, 1e300})
            .mapToObj(n -> value(literal(n).bucketise(boundaries)))
            .toList());
    assertEquals(3L, value(GREATEST.bucketise(boundaries)));
    assertEquals(1L, value(ONE.bucketise(1)));
  }

  @Test
  void membership() {
    assertEquals(true, value(request(Row::text).isIn("a", "text")));
    assertEquals(false, value(request(Row::text).isIn("Text")));
    assertEquals(true, value(ONE.isIn(3, 2, 1)));
    assertEquals(false, value(ONE.isIn(3)));
    assertEquals(true, value(HALF.isIn(2.5, 0.5)));
    assertEquals(true, value(literal(2.0).isIn(2L)));
    assertEquals(true, value(ONE.isIn(1.0)));
    assertEquals(true, value(literal(0.0).isIn(-0.0)));
    // As integers these differ; as doubles they would not.
    assertEquals(false, value(GREATEST.isIn(Long.MAX_VALUE - 1)));
    assertEquals(true, value(GREATEST.isIn((double) (Long.MAX_VALUE - 1))));
  }

  @Test
  void equality() {
    assertEquals(false, value(ONE.notEqualTo(1)));
    assertEquals(true, value(ONE.notEqualTo(0.5)));
    assertEquals(true, value(request(Row::text).notEqualTo("Text")));
    assertEquals(true, value(request(Row::text).equalTo("text")));
    assertEquals(true, value(YES.notEqualTo(NO)));
    assertEquals(false, value(GREATEST.equalTo(Long.MAX_VALUE - 1)));
    assertEquals(true, value(HALF.atMost(0.5)));
    assertEquals(true, value(HALF.atLeast(0.5)));
  }

  @Test
  void literalsOfEachType() {
    assertEquals("b", value(when(NO).then("a").otherwise("b")));
    assertEquals(2L, value(when(UNKNOWN).then(1).otherwise(2)));
    assertEquals(1.0, value(when(YES).then(1).otherwise(0.5)));
    assertEquals(false, value(when(YES).then(false).otherwise(true)));
    assertEquals(true, value(UNKNOWN.orElse(true)));
    assertEquals("text", value(request(Row::text).orElse("none")));
    assertEquals(1L, value(YES.asInteger()));
    assertEquals(0L, value(NO.asInteger()));
  }

  @Test
  void text() {
    assertEquals("straße", value(literal("STRAßE").lower()));
    assertEquals("i\u0307", value(literal("İ").lower()), "as in no language, not as in Turkish");
    assertEquals("i", value(literal("I").lower()));
    assertEquals(2L, value(literal("😀a").length()), "code points");
    assertEquals(0L, value(literal("").length()));
  }

  /** The published test vectors of FNV-1a, and remainders worked out by hand. */
  @Test
  void hash() {
    assertEquals(0xcbf29ce484222325L, TextHash.of(""));
    assertEquals(0xaf63dc4c8601ec8cL, TextHash.of("a"));
    assertEquals(0x85944171f73967e8L, TextHash.of("foobar"));
    assertEquals(968L, value(literal("foobar").hash(1000)));
    assertEquals(144L, value(literal("Straße").hash(1000)), "of its UTF-8 bytes");
    assertEquals(691L, value(literal("42").hash(1000)));
    assertEquals(691L, value(literal(42L).hash(1000)), "an integer by its digits");
    assertEquals(0L, value(literal("foobar").hash(1)));
  }

  private static final double METRE = 1;

  @Test
  void distances() {
    double quarter = Math.PI / 2 * 6_371_008.8;
    assertEquals(quarter, metres(0, 0, 90, 0), METRE / 1000);
    assertEquals(2 * quarter, metres(0, 0, 0, 180), METRE / 1000);
    assertEquals(2 * quarter, metres(90, 0, -90, 17), METRE / 1000);
    assertEquals(quarter / 45, metres(0, 179, 0, -179), METRE / 1000, "over the date line");
    assertEquals(0.0, metres(51.47, -0.4543, 51.47, -0.4543), 0);
    // New York to London, by the angle between the two vectors.
    assertEquals(5_540_018.970, metres(40.6413, -73.7781, 51.4700, -0.4543), METRE / 1000);
    assertEquals(metres(1, 2, 3, 4), metres(3, 4, 1, 2), 0);
  }

  @Test
  void distanceOffTheEarth() {
    for (double[] p :
        new double[][] {{90.1, 0, 0, 0}, {0, 180.1, 0, 0}, {0, 0, -91, 0}, {0, 0, 0, -181}}) {
      assertNull(value(between(p[0], p[1], p[2], p[3])), Arrays.toString(p));
    }
  }

  private static double metres(double lat1, double lon1, double lat2, double lon2) {
    return (Double) value(between(lat1, lon1, lat2, lon2));
  }

  private static NumberExpression between(double lat1, double lon1, double lat2, double lon2) {
    return distance(literal(lat1), literal(lon1), literal(lat2), literal(lon2));
  }

  @Test
  void timeOnACircle() {
    TimeExpression at = request(Row::at); // Wednesday, 12:00
    assertEquals(-1.0, value(at.timeOfDayCosine()));
    assertEquals(StrictMath.sin(Math.PI), value(at.timeOfDaySine()));
    assertEquals(StrictMath.sin(2 * Math.PI * (2.5 / 7)), value(at.timeOfWeekSine()));
    assertEquals(StrictMath.cos(2 * Math.PI * (2.5 / 7)), value(at.timeOfWeekCosine()));
    assertEquals(1.0, at("2024-05-01T06:00:00Z", at.timeOfDaySine()));
    assertEquals(0.0, at("2024-05-06T00:00:00Z", at.timeOfWeekSine()), "Monday, 0:00");
    assertEquals(1.0, at("2024-05-06T00:00:00Z", at.timeOfWeekCosine()));
    // By the local clock: 1:00 UTC is 3:00 in Berlin on the day that has no 2:00.
    NumberExpression berlin = at.timeOfDaySine(ZoneId.of("Europe/Berlin"));
    assertEquals(StrictMath.sin(Math.PI / 4), at("2024-03-31T01:00:00Z", berlin));
    assertEquals(
        StrictMath.sin(2 * Math.PI * (86_399_999_999.0 / 86_400_000_000.0)),
        at("1969-12-31T23:59:59.999999Z", at.timeOfDaySine()),
        "before the epoch");
  }

  private static Object at(String instant, Expression e) {
    return value(
        e,
        new Row(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Instant.parse(instant)));
  }

  @Test
  void againstAWindow() {
    assertEquals(
        Arrays.asList(0.5, 1L, 0L, 0.5, -0.5, null, null),
        vector(
            set ->
                set.request("half", Row::half)
                    .request("one", Row::one)
                    .request("zero", Row::zero)
                    .derive("ratio", HALF.ratioTo("one"))
                    .derive("z", HALF.zScore("one", "one"))
                    .derive("no_ratio", HALF.ratioTo("zero"))
                    .derive("no_z", HALF.zScore("one", "zero"))));
  }

  @Test
  void oneHot() {
    assertEquals(
        Arrays.asList(0L, 1L, 1L, 0L, null, null),
        vector(
            set ->
                set.oneHot("t", request(Row::text), "US", "text")
                    .oneHot("n", ONE, 1, 2)
                    .oneHot("m", MISSING, 0, 1)));
    FeaturePlan plan = plan(set -> set.oneHot("t", request(Row::text).lower(), "US", "DE"));
    assertEquals(List.of("t_US", "t_DE"), plan.features().stream().map(f -> f.name()).toList());
    assertEquals(List.of(ValueType.LONG, ValueType.LONG), plan.featureTypes());
    assertEquals(
        List.of(1L, 0L),
        vector(set -> set.derive("x", ONE).oneHot("y", feature("x").plus(feature("x")), 2, 3))
            .subList(1, 3));
  }

  private static FeaturePlan plan(UnaryOperator<FeatureSet<Row>> parts) {
    return FeaturePlan.of(
        parts.apply(
            FeatureSet.named("s")
                .forEach(EventSource.of(Row.class).named("rows").eventTime(Row::at))));
  }

  private static List<Object> vector(UnaryOperator<FeatureSet<Row>> parts) {
    FeaturePlan plan = plan(parts);
    Values fields = RowIntake.of(plan, plan.sources().get(0)).values(ROW);
    SourceRow request = new SourceRow(0, 0, 0, 0, null, fields, 0);
    Values vector = new VectorAssembler(plan).assemble(request, "r", new Values[0], 0, 0).values();
    assertEquals(new NaiveOracle(plan).vectors(List.of(request)).get(0).values(), vector);
    return IntStream.range(0, vector.size()).mapToObj(vector::get).collect(Collectors.toList());
  }
}
