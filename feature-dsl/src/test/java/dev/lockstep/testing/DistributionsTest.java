package dev.lockstep.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.ApproxDistinct;
import dev.lockstep.aggregate.ApproxQuantile;
import dev.lockstep.aggregate.Average;
import dev.lockstep.aggregate.Correlation;
import dev.lockstep.aggregate.Covariance;
import dev.lockstep.aggregate.Decayed;
import dev.lockstep.aggregate.Deviation;
import dev.lockstep.aggregate.Quantile;
import dev.lockstep.aggregate.QuantileDiscrete;
import dev.lockstep.aggregate.Shape;
import dev.lockstep.aggregate.Slope;
import dev.lockstep.aggregate.Sum;
import dev.lockstep.aggregate.WindowState;
import dev.lockstep.time.Micros;
import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The aggregations about the spread and relations of numbers: the laws, and values by hand. */
class DistributionsTest {
  private static final long SEED = 20_261_122;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static List<Aggregation> all() {
    return List.of(
        Quantile.of(0.5),
        Quantile.of(0.05),
        QuantileDiscrete.of(0.9),
        ApproxQuantile.of(0.3, 0.01),
        new ApproxDistinct(),
        new Shape(false),
        new Shape(true),
        new Covariance(true),
        new Covariance(false),
        new Correlation(),
        new Slope(),
        new Decayed(MINUTE, false),
        new Decayed(MINUTE, true));
  }

  @TestFactory
  Stream<DynamicTest> everyOneKeepsTheLaws() {
    List<List<ValueType>> inputs = new ArrayList<>();
    for (ValueType x : ValueType.values()) {
      inputs.add(List.of(x));
      Arrays.stream(ValueType.values()).forEach(y -> inputs.add(List.of(x, y)));
    }
    return all().stream()
        .flatMap(
            aggregation ->
                inputs.stream()
                    .filter(types -> types.size() == (isOfPairs(aggregation) ? 2 : 1))
                    .filter(types -> aggregation.rejection(types).isEmpty())
                    .map(
                        types ->
                            DynamicTest.dynamicTest(
                                aggregation.name() + " of " + types + ", seed " + SEED,
                                () -> AggregationLaws.check(aggregation, types, SEED))));
  }

  private static boolean isOfPairs(Aggregation aggregation) {
    return aggregation instanceof Covariance || aggregation instanceof Correlation;
  }

  /** The value over columns, an event each second up to the request. */
  private static @Nullable Object of(Aggregation aggregation, Object[]... columns) {
    List<ColumnVector> vectors = new ArrayList<>();
    List<ValueType> types = new ArrayList<>();
    for (Object[] column : columns) {
      ValueType type = typeOf(column);
      types.add(type);
      ColumnVector vector = new ColumnVector(type);
      Values value = new Values(List.of(type));
      for (Object element : column) {
        value.set(0, element);
        vector.insert(vector.size(), value, 0);
      }
      vectors.add(vector);
    }
    assertEquals(Optional.empty(), aggregation.rejection(types));
    int rows = columns[0].length;
    long[] times = IntStream.range(0, rows).mapToLong(i -> i * Micros.PER_SECOND).toArray();
    LawWindow window = new LawWindow(vectors, times, 0, rows);
    WindowState state = aggregation.state(types).newState();
    IntStream.range(0, rows).forEach(row -> window.enter(state, row));
    Values out = new Values(List.of(aggregation.resultType(types)));
    aggregation.finish(state, window, out, 0);
    return out.get(0);
  }

  /** That of the first element that isn't null; DOUBLE without any. */
  private static ValueType typeOf(Object[] column) {
    for (Object element : column) {
      if (element != null) {
        return ValueType.of(element.getClass()).orElseThrow();
      }
    }
    return ValueType.DOUBLE;
  }

  private static Object[] x(Object... values) {
    return values;
  }

  @Test
  void overNothing() {
    for (Aggregation aggregation : all()) {
      Object[] none = x();
      Object value = isOfPairs(aggregation) ? of(aggregation, none, none) : of(aggregation, none);
      assertEquals(aggregation instanceof ApproxDistinct ? 0L : null, value, aggregation.name());
    }
  }

  @Test
  void quantiles() {
    assertEquals(2.0, of(Quantile.of(0.5), x(3.0, null, 1.0, 2.0)));
    assertEquals(2.5, of(Quantile.of(0.5), x(4L, 1L, 2L, 3L)));
    assertEquals(-1.0, of(Quantile.of(0), x(5.0, -1.0, 3.0)));
    assertEquals(5.0, of(Quantile.of(1), x(5.0, -1.0, 3.0)));
    // h = 10 * 0.1 is 1 exactly, although the double 0.1 is a little more than a tenth.
    assertEquals(
        10.0, of(Quantile.of(0.1), x(0L, 10L, 1L << 62, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L)));
    // h = 3 * 0.95 = 2.85: 30 + 0.85 * 10
    assertEquals(38.5, of(Quantile.of(0.95), x(10L, 20L, 30L, 40L)));
    assertEquals(7.0, of(Quantile.of(0.3), x(7.0)));
  }

  @Test
  void quantilesAreValuesWhereDiscrete() {
    assertEquals(2L, of(QuantileDiscrete.of(0.5), x(4L, 1L, 2L, 3L)));
    assertEquals(1L, of(QuantileDiscrete.of(0), x(4L, 1L, 2L, 3L)));
    assertEquals(4L, of(QuantileDiscrete.of(0.76), x(4L, 1L, 2L, 3L)));
    assertEquals(-0.5, of(QuantileDiscrete.of(0.34), x(-1.0, -0.5, 2.0)));
    Instant then = Instant.parse("2026-03-01T00:00:00Z");
    assertEquals(then, of(QuantileDiscrete.of(1), x(then.minusSeconds(1), then)));
  }

  @Test
  void approximateQuantiles() {
    // 64 buckets for [64, 128) and for [-128, -64): of width 1.
    assertEquals(100.5, of(ApproxQuantile.of(0.5, 0.01), x(100.0, 100.25, 3.0, 1e308)));
    assertEquals(-100.5, of(ApproxQuantile.of(0.5, 0.01), x(-100L, 7L)));
    assertEquals(0.0, of(ApproxQuantile.of(0.5, 0.01), x(-1e308, 0.0, Double.MIN_VALUE)));
    assertEquals(
        Double.MIN_VALUE, of(ApproxQuantile.of(1, 0.01), x(-1e308, 0.0, Double.MIN_VALUE)));
  }

  /** C6: what isn't free of scale is divided by it once, at the end. */
  @Test
  void ofDecimals() {
    Object[] cents = x(d("0.10"), null, d("0.20"), d("0.40"));
    assertEquals(d("0.7"), of(new Sum(), cents));
    assertEquals(7.0 / 30, of(new Average(), cents));
    assertEquals(7.0 / 300, of(new Deviation(true, false), cents));
    assertEquals(0.2, of(Quantile.of(0.5), cents));
    assertEquals(0.15, of(Quantile.of(0.5), x(d("0.1"), d("0.2"))));
    assertEquals(d("0.2"), of(QuantileDiscrete.of(0.5), cents));
    // Below 2^43, in a bucket of width 2^36, although the nearest double is 2^43.
    assertEquals(0x1p43 - 0x1p35, of(ApproxQuantile.of(0.5, 0.01), x(d("8796093022207.999999"))));
    assertEquals(3L, of(new ApproxDistinct(), cents));
    assertEquals(0.01, of(new Covariance(true), x(d("0.1"), d("0.3")), x(d("0.2"), d("0.3"))));
    assertEquals(0.1, of(new Covariance(true), x(d("0.1"), d("0.3")), x(2L, 3L)));
    assertEquals(1.0, of(new Correlation(), x(d("0.1"), d("0.3")), x(d("0.2"), d("0.3"))));
    assertEquals(0.1, of(new Slope(), x(d("0.1"), d("0.2"), d("0.3"))));
    assertEquals(Math.sqrt(0.5), of(new Shape(false), x(d("0"), d("0"), d("0.3"))));
    assertEquals(0.3, of(new Decayed(Duration.ofDays(1), true), x(d("0.3"))));
    Object[] most = x(d("9223372036854.775807"), d("0.000001"));
    assertNull(of(new Sum(), most), "what doesn't fit is null");
    assertEquals(4611686018427.387904, of(new Average(), most));
  }

  private static BigDecimal d(String decimal) {
    return new BigDecimal(decimal);
  }

  @Test
  void approximateDistinct() {
    assertEquals(3L, of(new ApproxDistinct(), x("a", "b", "a", null, "", "b")));
    assertEquals(2L, of(new ApproxDistinct(), x(true, false, true)));
    assertEquals(1L, of(new ApproxDistinct(), x(0.0, -0.0)));
  }

  @Test
  void shapes() {
    // Deviations -1, -1, 2: m2 = 2, m3 = 2, m4 = 6.
    assertEquals(Math.sqrt(0.5), of(new Shape(false), x(0L, 0L, 3L)));
    assertEquals(-Math.sqrt(0.5), of(new Shape(false), x(0.0, 0.0, -3.0)));
    assertEquals(-1.5, of(new Shape(true), x(0L, 0L, 3L)));
    assertEquals(0.0, of(new Shape(false), x(-1e308, 0.0, 1e308)));
    assertNull(of(new Shape(false), x(1e16, 1e16)));
    assertNull(of(new Shape(true), x(7L)));
  }

  @Test
  void pairs() {
    // Deviations -1, 0, 1 and -2, 1, 1: products 2, 0, 1.
    Object[] first = x(1L, 2L, null, 3L);
    Object[] second = x(0.0, 3.0, 9.0, 3.0);
    assertEquals(1.5, of(new Covariance(true), first, second));
    assertEquals(1.0, of(new Covariance(false), first, second));
    assertEquals(Math.sqrt(0.75), of(new Correlation(), first, second));
    assertEquals(-1.0, of(new Correlation(), x(1L, 2L), x(0.3, 0.1)));
    assertNull(of(new Correlation(), x(1L, 2L), x(0.1, 0.1)));
    assertNull(of(new Correlation(), x(5L, 5L), x(0.1, 0.2)));
    assertNull(of(new Covariance(true), x(1L), x(2L)));
    assertEquals(0.0, of(new Covariance(false), x(1L), x(2L)));
    assertNull(of(new Covariance(false), x(1e308, -1e308), x(1e308, -1e308)));
  }

  @Test
  void slopes() {
    assertEquals(2.0, of(new Slope(), x(5L, 7L, 9L)));
    assertEquals(-0.5, of(new Slope(), x(1.0, null, 0.0)));
    assertNull(of(new Slope(), x(1.0)));
    assertNull(of(new Slope(), x(1.0, null)));
  }

  @Test
  void decays() {
    Duration second = Duration.ofSeconds(1);
    // The request is at the newest event.
    assertEquals(8.0 / 4 + 2.0 / 2 + 1, of(new Decayed(second, false), x(8.0, 2.0, 1.0)));
    assertEquals(8.0 / 4 + 2.0 / 2, of(new Decayed(second, false), x(8L, 2L, null)));
    assertEquals((8.0 / 4 + 2.0 / 2 + 1) / 1.75, of(new Decayed(second, true), x(8L, 2L, 1L)));
    // The mean's ages are counted from its newest event.
    assertEquals((8.0 / 2 + 2.0) / 1.5, of(new Decayed(second, true), x(8.0, 2.0, null)));
    // 2^-1000000 is 0, and the mean of one value still that value.
    Duration micro = Duration.ofNanos(1000);
    assertEquals(0.0, of(new Decayed(micro, false), x(8.0, null)));
    assertEquals(8.0, of(new Decayed(micro, true), x(8.0, null)));
    assertNull(of(new Decayed(second, false), x(Double.MAX_VALUE, Double.MAX_VALUE)));
  }

  @Test
  void parametersThatAreRejected() {
    List<ValueType> number = List.of(ValueType.DOUBLE);
    Optional<String> q = Optional.of("give a q from 0 to 1: quantile(x, 0.95)");
    assertEquals(q, Quantile.of(1.5).rejection(number));
    assertEquals(q, Quantile.of(Double.NaN).rejection(number));
    assertEquals("quantile_NaN", Quantile.of(Double.NaN).name());
    assertEquals(
        Optional.of("give a q from 0 to 1: quantileDiscrete(x, 0.95)"),
        QuantileDiscrete.of(-0.1).rejection(number));
    assertEquals(
        Optional.of("give a q from 0 to 1: approxQuantile(x, 0.95)"),
        ApproxQuantile.of(95, 0.01).rejection(number));
    for (double error : new double[] {0, 0.000009, 0.51, 1, -1, Double.NaN}) {
      assertEquals(
          Optional.of(
              "give a relative error from 0.00001 to 0.5: approxQuantile(x, 0.95, 0.01);"
                  + " quantileDiscrete(x, q) has none"),
          ApproxQuantile.of(0.5, error).rejection(number));
    }
    for (Duration life :
        List.of(
            Duration.ZERO, Duration.ofNanos(999), MINUTE.negated(), Duration.ofSeconds(1L << 62))) {
      assertEquals(
          Optional.of(
              "give a half-life of at least a microsecond and less than 292 000 years: hours(1)"),
          new Decayed(life, true).rejection(number));
    }
  }

  @Test
  void inputsThatAreRejected() {
    for (Aggregation aggregation : all()) {
      List<ValueType> texts =
          isOfPairs(aggregation)
              ? List.of(ValueType.LONG, ValueType.STRING)
              : List.of(ValueType.STRING);
      assertEquals(
          aggregation instanceof ApproxDistinct,
          aggregation.rejection(texts).isEmpty(),
          aggregation.name());
    }
    assertEquals(
        Optional.of("relate two numbers"), new Correlation().rejection(List.of(ValueType.LONG)));
  }

  @Test
  void oneEventHasNoSpread() {
    WindowBounds one = new WindowBounds.NewestEvents(1);
    Optional<String> cure = Optional.of("give it a window of several events: lastEvents(10)");
    for (Aggregation aggregation :
        List.of(
            new Slope(),
            new Correlation(),
            new Covariance(true),
            new Shape(false),
            new Shape(true))) {
      assertEquals(cure, aggregation.rejection(one));
      assertEquals(Optional.empty(), aggregation.rejection(new WindowBounds.NewestEvents(2)));
      assertEquals(Optional.empty(), aggregation.rejection(new WindowBounds.Lifetime()));
    }
    assertEquals(Optional.empty(), new Covariance(false).rejection(one));
  }

  /** C14: the name tells apart whatever gives other values. */
  @Test
  void namesTellParameters() {
    assertEquals("median", Quantile.of(0.5).name());
    assertEquals("quantile_0.95", Quantile.of(0.95).name());
    assertEquals("approx_quantile_0.95_within_0.01", ApproxQuantile.of(0.95, 0.01).name());
    assertEquals("decayed_avg_PT1M", new Decayed(MINUTE, true).name());
    assertEquals(
        all().size(), all().stream().map(Aggregation::name).distinct().count(), "names are shared");
    assertNotEquals(Quantile.of(0.95), Quantile.of(0.950001));
  }
}
