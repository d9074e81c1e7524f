package dev.lockstep.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.ArgExtreme;
import dev.lockstep.aggregate.Change;
import dev.lockstep.aggregate.DistanceTravelled;
import dev.lockstep.aggregate.EndValues;
import dev.lockstep.aggregate.Entropy;
import dev.lockstep.aggregate.GapMean;
import dev.lockstep.aggregate.GapStddev;
import dev.lockstep.aggregate.Haversine;
import dev.lockstep.aggregate.Histogram;
import dev.lockstep.aggregate.Listing;
import dev.lockstep.aggregate.NewestDistinct;
import dev.lockstep.aggregate.NthFrequent;
import dev.lockstep.aggregate.RankedValues;
import dev.lockstep.aggregate.Since;
import dev.lockstep.aggregate.Speed;
import dev.lockstep.aggregate.Streak;
import dev.lockstep.aggregate.TopFrequent;
import dev.lockstep.aggregate.TopShare;
import dev.lockstep.aggregate.TopSpeed;
import dev.lockstep.aggregate.WindowState;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The aggregations of order, categories, times and steps, with values worked out by hand. */
class SequencesTest {
  private static final long SECOND = 1_000_000;

  /** One degree of a great circle. */
  private static final double DEGREE = Haversine.metres(0, 0, 0, 1);

  private static ColumnVector column(ValueType type, @Nullable Object... values) {
    ColumnVector column = new ColumnVector(type);
    for (Object value : values) {
      Values one = new Values(List.of(type));
      one.set(0, value);
      column.insert(column.size(), one, 0);
    }
    return column;
  }

  private static ColumnVector longs(@Nullable Object... values) {
    return column(ValueType.LONG, values);
  }

  private static ColumnVector texts(@Nullable Object... values) {
    return column(ValueType.STRING, values);
  }

  private static ColumnVector doubles(@Nullable Object... values) {
    return column(ValueType.DOUBLE, values);
  }

  /** Over rows a second apart, the request at the last of them. */
  private static @Nullable Object of(Aggregation aggregation, ColumnVector... columns) {
    long[] times = LongStream.range(0, columns[0].size()).map(i -> i * SECOND).toArray();
    return at(aggregation, times, columns);
  }

  private static @Nullable Object at(
      Aggregation aggregation, long[] times, ColumnVector... columns) {
    List<ValueType> types = Arrays.stream(columns).map(ColumnVector::type).toList();
    LawWindow window = new LawWindow(List.of(columns), times, 0, times.length);
    WindowState state = aggregation.state(types).newState();
    for (int row = 0; row < times.length; row++) {
      window.enter(state, row);
    }
    Values out = new Values(List.of(aggregation.resultType(types)));
    aggregation.finish(state, window, out, 0);
    return out.get(0);
  }

  private static List<@Nullable Object> elements(Listing list, ColumnVector column) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (int place = 1; place <= list.size(); place++) {
      elements.add(of(list.element(place), column));
    }
    return elements;
  }

  @Test
  void theEnds() {
    ColumnVector column = texts("a", null, "b", "c");
    assertEquals("[\"a\",\"b\"]", of(new EndValues(false, 2), column));
    assertEquals("[\"c\",\"b\"]", of(new EndValues(true, 2), column));
    assertEquals("[\"c\",\"b\",\"a\"]", of(new EndValues(true, 9), column));
    assertEquals(Arrays.asList("c", "b", "a", null), elements(new EndValues(true, 4), column));
    assertEquals(List.of("a", "b"), elements(new EndValues(false, 2), column));
    assertNull(of(new EndValues(true, 2), texts(null, null)));
  }

  @Test
  void theNewestDifferentValues() {
    ColumnVector column = longs(7, 5, 7, null, 7, 3, 3);
    assertEquals("[3,7]", of(new NewestDistinct(2), column));
    assertEquals("[3,7,5]", of(new NewestDistinct(9), column));
    assertEquals(Arrays.asList(3L, 7L, 5L, null), elements(new NewestDistinct(4), column));
    assertNull(of(new NewestDistinct(2), longs()));
  }

  @Test
  void theGreatestAndTheLeast() {
    ColumnVector column = doubles(1.5, 9.0, null, -2.0, 9.0, 4.0);
    assertEquals("[9.0,9.0,4.0]", of(new RankedValues(true, 3), column));
    assertEquals("[-2.0,1.5]", of(new RankedValues(false, 2), column));
    assertEquals(
        Arrays.asList(9.0, 9.0, 4.0, 1.5, -2.0, null), elements(new RankedValues(true, 6), column));
    assertEquals(
        "[\"1970-01-01T00:00:05Z\"]",
        of(
            new RankedValues(true, 1),
            column(ValueType.INSTANT, Instant.ofEpochSecond(5), Instant.EPOCH)));
    assertNull(of(new RankedValues(true, 3), doubles()));
  }

  @Test
  void theValueAtAnExtreme() {
    ColumnVector by = longs(2, 1, 1, 2, null);
    ColumnVector value = texts("a", "b", "c", null, "e");
    assertEquals("c", of(new ArgExtreme(false), by, value), "of equal ones the latest");
    assertEquals("a", of(new ArgExtreme(true), by, value), "a null takes no part");
    assertNull(of(new ArgExtreme(true), longs(1), texts((Object) null)));
  }

  @Test
  void frequencies() {
    ColumnVector column = longs(9, 1, 9, 1, 10, null);
    assertEquals(1L, of(new NthFrequent(1), column), "of equally frequent ones the least");
    assertEquals("[1,9,10]", of(new TopFrequent(5), column));
    assertEquals(Arrays.asList(1L, 9L, 10L, null), elements(new TopFrequent(4), column));
    assertEquals("{\"1\":2,\"9\":2,\"10\":1}", of(new Histogram(), column));
    assertEquals(0.4, of(new TopShare(), column));
    assertEquals("{\"\":1,\"a\\\"\":2}", of(new Histogram(), texts("a\"", "", "a\"")));
    assertEquals(
        "{\"false\":1,\"true\":1}", of(new Histogram(), column(ValueType.BOOLEAN, true, false)));
    for (Aggregation aggregation :
        List.of(new NthFrequent(1), new TopFrequent(1), new Histogram(), new TopShare())) {
      assertNull(of(aggregation, longs((Object) null)), aggregation.name());
    }
  }

  @Test
  void entropyInNats() {
    assertEquals(0.0, of(new Entropy(), longs(4, 4, 4)));
    assertEquals(StrictMath.log(2), of(new Entropy(), longs(4, 5, 5, 4)));
    double third = 1.0 / 3;
    double twoThirds = 2.0 / 3;
    assertEquals(
        0 - third * StrictMath.log(third) - twoThirds * StrictMath.log(twoThirds),
        of(new Entropy(), texts("a", "b", "b")));
    assertNull(of(new Entropy(), longs()));
  }

  @Test
  void timesToTheRequest() {
    long[] times = {0, 1, 2_500_000};
    assertEquals(0.0, at(new Since(true), times));
    assertEquals(2.5, at(new Since(false), times));
    assertNull(at(new Since(true), new long[0]));
    assertEquals(0x1p64 / 1e6, at(new Since(false), new long[] {Long.MIN_VALUE, Long.MAX_VALUE}));
  }

  @Test
  void gaps() {
    long[] times = {0, SECOND, 3 * SECOND, 7 * SECOND};
    assertEquals(7.0 / 3, at(new GapMean(), times));
    assertEquals(Math.sqrt(7.0 / 3), at(new GapStddev(), times), "of 1, 2 and 4");
    assertEquals(0.0, at(new GapStddev(), new long[] {5, 6, 7}));
    assertNull(at(new GapMean(), new long[] {5}));
    assertNull(at(new GapStddev(), new long[] {5, 6}));
    assertNull(at(new GapStddev(), new long[0]));
    // Gaps of 2^63 and 2^63 - 1 microseconds.
    long[] ages = {Long.MIN_VALUE, 0, Long.MAX_VALUE};
    assertEquals(Math.sqrt(0.5e-12), at(new GapStddev(), ages));
    assertEquals(0x1p63 / 1e6, at(new GapMean(), ages));
  }

  @Test
  void changes() {
    assertEquals(-4L, of(new Change(), longs(100, 7, null, 3)));
    assertEquals(0.30000000000000004, of(new Change(), doubles(-0.1, 0.2)));
    assertNull(of(new Change(), longs(1)));
    assertNull(of(new Change(), longs(Long.MIN_VALUE, 1)), "doesn't fit");
    assertNull(of(new Change(), doubles(-Double.MAX_VALUE, Double.MAX_VALUE)));
  }

  @Test
  void streaks() {
    assertEquals(2L, of(new Streak(), column(ValueType.BOOLEAN, true, false, true, null, true)));
    assertEquals(0L, of(new Streak(), column(ValueType.BOOLEAN, true, true, false)));
    assertEquals(3L, of(new Streak(), column(ValueType.BOOLEAN, true, true, true)));
    assertEquals(0L, of(new Streak(), column(ValueType.BOOLEAN)));
  }

  @Test
  void paths() {
    ColumnVector latitude = longs(0, 0, 0, 0);
    ColumnVector longitude = doubles(0.0, 1.0, 4.0, 2.0);
    assertEquals(
        DEGREE + Haversine.metres(0, 1, 0, 4) + Haversine.metres(0, 4, 0, 2),
        of(new DistanceTravelled(), latitude, longitude));
    assertEquals(6 * 111_195.08, (Double) of(new DistanceTravelled(), latitude, longitude), 1);
    assertEquals(Haversine.metres(0, 4, 0, 2), of(new Speed(), latitude, longitude));
    assertEquals(Haversine.metres(0, 1, 0, 4), of(new TopSpeed(), latitude, longitude));
    long[] times = {0, 2 * SECOND, 2 * SECOND, 2 * SECOND};
    assertEquals(DEGREE / 2, at(new TopSpeed(), times, latitude, longitude));
    assertNull(at(new Speed(), times, latitude, longitude), "no time passed");
    assertNull(at(new TopSpeed(), new long[] {0, 0}, longs(1, 2), longs(1, 2)));
  }

  @Test
  void pathsOfFewPositionsOrBeyondTheEarth() {
    assertEquals(0.0, of(new DistanceTravelled(), longs(1), longs(1)));
    assertNull(of(new DistanceTravelled(), longs(91), longs(0)));
    assertNull(of(new DistanceTravelled(), longs(0, 0), longs(0, 181)));
    assertNull(of(new DistanceTravelled(), longs(), longs()));
    assertNull(of(new Speed(), longs(1), longs(1)));
    assertNull(of(new TopSpeed(), longs(1), longs(1)));
    assertNull(of(new TopSpeed(), longs(1, 2, 91), longs(1, 2, 3)));
    assertNull(at(new TopSpeed(), new long[] {0, 1, 1}, longs(1, 2, 91), longs(1, 2, 3)));
    assertEquals(Haversine.metres(2, 2, 3, 3), of(new Speed(), longs(91, 2, 3), longs(1, 2, 3)));
  }
}
