package dev.lockstep.aggregate.exact;

import static dev.lockstep.aggregate.exact.Nearest.assertNearest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** C6: covariance, correlation and slope of pairs are rounded once. */
class PairMomentsTest {

  private static final long[] LONGS = {
    0,
    1,
    -1,
    1L << 38,
    (1L << 53) - 1,
    1L << 53,
    (1L << 53) + 1,
    -(1L << 53) - 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1_700_000_000_000_000L
  };

  /** A pair, each of whose components is a Long or a Double. */
  private record Pair(Number x, Number y) {

    BigDecimal exactX() {
      return exact(x);
    }

    BigDecimal exactY() {
      return exact(y);
    }

    private static BigDecimal exact(Number value) {
      return value instanceof Long l ? BigDecimal.valueOf(l) : new BigDecimal(value.doubleValue());
    }

    void addTo(PairMoments moments) {
      if (x instanceof Long a && y instanceof Long b) {
        moments.add(a.longValue(), b.longValue());
      } else if (x instanceof Long a) {
        moments.add(a.longValue(), y.doubleValue());
      } else if (y instanceof Long b) {
        moments.add(x.doubleValue(), b.longValue());
      } else {
        moments.add(x.doubleValue(), y.doubleValue());
      }
    }

    void subtractFrom(PairMoments moments) {
      if (x instanceof Long a && y instanceof Long b) {
        moments.subtract(a.longValue(), b.longValue());
      } else if (x instanceof Long a) {
        moments.subtract(a.longValue(), y.doubleValue());
      } else if (y instanceof Long b) {
        moments.subtract(x.doubleValue(), b.longValue());
      } else {
        moments.subtract(x.doubleValue(), y.doubleValue());
      }
    }
  }

  @Property(tries = 1000)
  void resultsAreRoundedOnce(@ForAll Random random, @ForAll boolean withOutliers) {
    List<Pair> pairs = pairs(random, random.nextInt(8), withOutliers);
    PairMoments moments = new PairMoments();
    pairs.forEach(p -> p.addTo(moments));
    assertResults(pairs, moments);
  }

  @Property(tries = 500)
  void whatWasAddedCanBeTakenOutInAnyOrder(@ForAll Random random, @ForAll boolean withOutliers) {
    List<Pair> kept = pairs(random, random.nextInt(6), withOutliers);
    List<Pair> removed = pairs(random, random.nextInt(20), withOutliers);
    PairMoments moments = new PairMoments();
    removed.forEach(p -> p.addTo(moments));
    kept.forEach(p -> p.addTo(moments));
    Collections.shuffle(removed, random);
    removed.forEach(p -> p.subtractFrom(moments));
    assertResults(kept, moments);
  }

  @Test
  void aLine() {
    PairMoments moments = new PairMoments();
    long start = 1_700_000_000_000_000L;
    for (int second = 0; second < 10; second++) {
      moments.add(start + second * 1_000_000L, 0.5 * second);
    }
    assertEquals(0.5, moments.slope(1_000_000));
    assertEquals(1.0, moments.correlation());
    moments.clear();
    moments.add(1.0, -1.0);
    moments.add(2L, -2L);
    assertEquals(-1.0, moments.correlation());
    assertEquals(-1.0, moments.slope(1));
    assertEquals(-0.25, moments.populationCovariance());
    assertEquals(-0.5, moments.sampleCovariance());
  }

  @Test
  void whatIsUndefinedIsTheCallersError() {
    PairMoments moments = new PairMoments();
    assertFalse(moments.hasXVariance());
    assertThrows(IllegalStateException.class, moments::populationCovariance);
    assertThrows(IllegalStateException.class, () -> moments.subtract(1L, 2L));
    moments.add(0.1, 1L);
    assertEquals(0.0, moments.populationCovariance());
    assertEquals(
        "sample covariance needs n >= 2, n is 1; check count() first",
        assertThrows(IllegalStateException.class, moments::sampleCovariance).getMessage());
    moments.add(0.1, 2L);
    assertFalse(moments.hasXVariance());
    assertTrue(moments.hasYVariance());
    assertEquals(
        "slope needs values of x that differ; check hasXVariance() first",
        assertThrows(IllegalStateException.class, () -> moments.slope(1)).getMessage());
    assertThrows(IllegalStateException.class, moments::correlation);
    moments.add(0.1, 1L);
    assertThrows(IllegalArgumentException.class, () -> moments.add(1.0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> moments.add(Double.NaN, 1L));
    assertThrows(
        IllegalArgumentException.class,
        () -> moments.add(Double.POSITIVE_INFINITY, Long.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> moments.add(Long.MAX_VALUE, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> moments.subtract(1.0, Double.NaN));
    List<Pair> unchanged = List.of(new Pair(0.1, 1L), new Pair(0.1, 2L), new Pair(0.1, 1L));
    assertResults(unchanged, moments);
  }

  private static List<Pair> pairs(Random random, int n, boolean withOutliers) {
    NarrowRangeValues values = new NarrowRangeValues(random);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      pairs.add(
          new Pair(number(random, values, withOutliers), number(random, values, withOutliers)));
    }
    return pairs;
  }

  private static Number number(Random random, NarrowRangeValues values, boolean withOutliers) {
    return switch (random.nextInt(4)) {
      case 0 -> LONGS[random.nextInt(LONGS.length)];
      case 1 -> (long) random.nextInt(1000);
      default -> values.next(withOutliers);
    };
  }

  /** From the definition, with the deviations times n. */
  private static void assertResults(List<Pair> pairs, PairMoments actual) {
    assertEquals(pairs.size(), actual.count());
    BigDecimal n = BigDecimal.valueOf(pairs.size());
    BigDecimal sumX = pairs.stream().map(Pair::exactX).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal sumY = pairs.stream().map(Pair::exactY).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal xx = BigDecimal.ZERO;
    BigDecimal xy = BigDecimal.ZERO;
    BigDecimal yy = BigDecimal.ZERO;
    for (Pair pair : pairs) {
      BigDecimal dx = n.multiply(pair.exactX()).subtract(sumX);
      BigDecimal dy = n.multiply(pair.exactY()).subtract(sumY);
      xx = xx.add(dx.multiply(dx));
      xy = xy.add(dx.multiply(dy));
      yy = yy.add(dy.multiply(dy));
    }
    assertEquals(xx.signum() != 0, actual.hasXVariance());
    assertEquals(yy.signum() != 0, actual.hasYVariance());
    BigDecimal square = n.pow(2);
    if (pairs.size() >= 1) {
      assertNearest(xy, square.multiply(n), actual.populationCovariance());
    }
    if (pairs.size() >= 2) {
      BigDecimal less = n.subtract(BigDecimal.ONE);
      assertNearest(xy, square.multiply(less), actual.sampleCovariance());
    }
    if (xx.signum() != 0) {
      assertNearest(xy, xx, actual.slope(1));
      assertNearest(
          xy.multiply(BigDecimal.valueOf(3_600_000_000L)), xx, actual.slope(3_600_000_000L));
    }
    if (xx.signum() != 0 && yy.signum() != 0) {
      PowersTest.assertNearestRoot(xy.pow(2), xx.multiply(yy), xy.signum(), actual.correlation());
      assertTrue(Math.abs(actual.correlation()) <= 1.0);
    }
  }
}
