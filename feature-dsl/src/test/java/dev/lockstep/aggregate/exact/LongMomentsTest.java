package dev.lockstep.aggregate.exact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

/** C6: averages and variances of longs and decimals are rounded once. */
@Domain(Values.class)
@Domain(DomainContext.Global.class)
class LongMomentsTest {

  @Property(tries = 1000)
  void resultsAreRoundedOnce(
      @ForAll @Size(min = 1, max = 50) List<Long> values, @ForAll @IntRange(max = 18) int scale) {
    assertResults(values, scale);
  }

  /** Small values and scales, which take the 128-bit paths. */
  @Property(tries = 1000)
  void usualAmountsAreRoundedOnce(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(min = -100, max = 9_000_000) Integer> cents,
      @ForAll @IntRange(max = 5) int scale) {
    assertResults(cents.stream().map(Integer::longValue).toList(), scale);
  }

  private static void assertResults(List<Long> values, int scale) {
    LongMoments moments = of(values, scale);
    LongMean mean = new LongMean(scale);
    values.forEach(mean::add);
    List<BigDecimal> exact = values.stream().map(v -> BigDecimal.valueOf(v, scale)).toList();
    MomentsOracle oracle = new MomentsOracle(exact);
    oracle.assertMean(mean);
    oracle.assertMean(moments);
    oracle.assertVariances(moments);
    BigDecimal unscaled = oracle.sum().movePointRight(scale);
    boolean fits = unscaled.toBigIntegerExact().bitLength() <= 63;
    assertEquals(fits, mean.fitsLong());
    assertEquals(fits, moments.fitsLong());
    if (fits) {
      assertEquals(unscaled.longValueExact(), mean.unscaledSum());
      assertEquals(unscaled.longValueExact(), moments.unscaledSum());
    } else {
      assertThrows(ArithmeticException.class, mean::unscaledSum);
      assertThrows(ArithmeticException.class, moments::unscaledSum);
    }
  }

  @Property(tries = 1000)
  void whatWasAddedCanBeTakenOutInAnyOrder(
      @ForAll @Size(max = 30) List<Long> kept,
      @ForAll @Size(max = 30) List<Long> removed,
      @ForAll Random random) {
    LongMoments moments = of(kept, 2);
    removed.forEach(moments::add);
    List<Long> shuffled = new ArrayList<>(removed);
    Collections.shuffle(shuffled, random);
    shuffled.forEach(moments::subtract);
    assertArrayEquals(of(kept, 2).toBytes(), moments.toBytes());
    kept.forEach(moments::subtract);
    assertArrayEquals(new LongMoments(2).toBytes(), moments.toBytes());
  }

  @Property(tries = 1000)
  void mergesAndSurvivesItsBytes(
      @ForAll @Size(max = 30) List<Long> left, @ForAll @Size(max = 30) List<Long> right) {
    LongMoments moments = of(left, 0);
    moments.add(of(right, 0));
    List<Long> all = new ArrayList<>(right);
    all.addAll(left);
    assertArrayEquals(of(all, 0).toBytes(), moments.toBytes());
    assertArrayEquals(moments.toBytes(), LongMoments.fromBytes(0, moments.toBytes()).toBytes());
    moments.subtract(of(right, 0));
    assertArrayEquals(of(left, 0).toBytes(), moments.toBytes());

    LongMean mean = new LongMean();
    all.forEach(mean::add);
    assertArrayEquals(mean.toBytes(), LongMean.fromBytes(0, mean.toBytes()).toBytes());
    LongMean rightMean = new LongMean();
    right.forEach(rightMean::add);
    mean.subtract(rightMean);
    LongMean leftMean = new LongMean();
    left.forEach(leftMean::add);
    assertArrayEquals(leftMean.toBytes(), mean.toBytes());
    mean.add(rightMean);
    assertEquals(all.size(), mean.count());
  }

  /** The counts at which the paths change: 2^53, the narrow variance's limit, beyond a long's. */
  @Test
  void countsBeyondAnyWindow() {
    for (int doublings : new int[] {10, 18, 19, 31, 40, 53, 60}) {
      for (long value : new long[] {7, 123_456_789, Long.MAX_VALUE, Long.MIN_VALUE}) {
        for (int scale : new int[] {0, 2, 4, 18}) {
          LongMoments moments = of(List.of(value, 3L), scale);
          for (int i = 0; i < doublings; i++) {
            LongMoments copy = LongMoments.fromBytes(scale, moments.toBytes());
            moments.add(copy);
          }
          MomentsOracle oracle =
              new MomentsOracle(
                  List.of(BigDecimal.valueOf(value, scale), BigDecimal.valueOf(3, scale)),
                  1L << doublings);
          oracle.assertMean(moments);
          oracle.assertVariances(moments);
        }
      }
    }
  }

  @Test
  void aVarianceThatCancelsInFloatingPoint() {
    LongMoments moments = of(List.of(1_000_000_000_000L, 1_000_000_000_001L), 0);
    assertEquals(0.25, moments.populationVariance());
    assertEquals(0.5, moments.sampleVariance());
    assertEquals(0.5, moments.populationStddev());
    assertEquals(Math.sqrt(0.5), moments.sampleStddev());
    assertEquals(0.1, of(List.of(1L), 1).mean());
    assertEquals(0.3, of(List.of(1L, 2L), 1).sum());
  }

  @Test
  void tooFewValuesAreTheCallersError() {
    LongMoments moments = new LongMoments();
    assertEquals(0.0, moments.sum());
    assertEquals(
        "mean needs n >= 1, n is 0; check count() first",
        assertThrows(IllegalStateException.class, moments::mean).getMessage());
    assertThrows(IllegalStateException.class, moments::populationVariance);
    assertThrows(IllegalStateException.class, moments::populationStddev);
    assertEquals(
        "cannot take 1 values out of 0: subtract only what was added",
        assertThrows(IllegalStateException.class, () -> moments.subtract(4)).getMessage());
    moments.add(5);
    assertEquals(0.0, moments.populationVariance());
    assertThrows(IllegalStateException.class, moments::sampleVariance);
    assertThrows(IllegalStateException.class, moments::sampleStddev);
    moments.clear();
    assertEquals(0, moments.count());
    assertArrayEquals(new LongMoments().toBytes(), moments.toBytes());
  }

  @Test
  void scalesMustFitAndAgree() {
    assertThrows(IllegalArgumentException.class, () -> new LongMean(19));
    assertThrows(IllegalArgumentException.class, () -> new LongMoments(-1));
    LongMoments two = new LongMoments(2);
    assertEquals(
        "cannot combine sums of scale 2 and 3; rescale first",
        assertThrows(IllegalArgumentException.class, () -> two.add(new LongMoments(3)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> two.subtract(new LongMoments(3)));
  }

  private static LongMoments of(List<Long> values, int scale) {
    LongMoments moments = new LongMoments(scale);
    values.forEach(moments::add);
    return moments;
  }
}
