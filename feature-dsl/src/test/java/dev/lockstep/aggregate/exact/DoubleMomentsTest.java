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
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

/** C6: averages and variances of doubles are rounded once, over the whole range. */
@Domain(Values.class)
@Domain(DomainContext.Global.class)
class DoubleMomentsTest {

  @Property(tries = 2000)
  void resultsAreRoundedOnce(@ForAll @Size(min = 1, max = 12) List<Double> values) {
    assertResults(values);
  }

  @Property(tries = 1000)
  void usualAmountsAreRoundedOnce(@ForAll @Size(min = 1, max = 40) List<Short> cents) {
    assertResults(cents.stream().map(c -> c / 100.0).toList());
  }

  private static void assertResults(List<Double> values) {
    DoubleMoments moments = of(values);
    DoubleMean mean = meanOf(values);
    MomentsOracle oracle = new MomentsOracle(values.stream().map(BigDecimal::new).toList());
    oracle.assertMean(mean);
    oracle.assertMean(moments);
    oracle.assertVariances(moments);
  }

  @Property(tries = 1000)
  void whatWasAddedCanBeTakenOutInAnyOrder(
      @ForAll @Size(max = 30) List<Double> kept,
      @ForAll @Size(max = 30) List<Double> removed,
      @ForAll Random random) {
    DoubleMoments moments = of(kept);
    removed.forEach(moments::add);
    List<Double> shuffled = new ArrayList<>(removed);
    Collections.shuffle(shuffled, random);
    shuffled.forEach(moments::subtract);
    assertArrayEquals(of(kept).toBytes(), moments.toBytes());
    kept.forEach(moments::subtract);
    assertArrayEquals(new DoubleMoments().toBytes(), moments.toBytes());
  }

  @Property(tries = 1000)
  void mergesAndSurvivesItsBytes(
      @ForAll @Size(max = 30) List<Double> left, @ForAll @Size(max = 30) List<Double> right) {
    DoubleMoments moments = of(left);
    moments.add(of(right));
    List<Double> all = new ArrayList<>(right);
    all.addAll(left);
    assertArrayEquals(of(all).toBytes(), moments.toBytes());
    assertArrayEquals(moments.toBytes(), DoubleMoments.fromBytes(moments.toBytes()).toBytes());
    moments.subtract(of(right));
    assertArrayEquals(of(left).toBytes(), moments.toBytes());

    DoubleMean mean = meanOf(all);
    assertArrayEquals(mean.toBytes(), DoubleMean.fromBytes(mean.toBytes()).toBytes());
    mean.subtract(meanOf(right));
    assertArrayEquals(meanOf(left).toBytes(), mean.toBytes());
    mean.add(meanOf(right));
    assertArrayEquals(meanOf(all).toBytes(), mean.toBytes());
  }

  @Test
  void countsBeyondAnyWindow() {
    for (double value : new double[] {0.01, Double.MAX_VALUE, -Double.MIN_VALUE, 1e-308}) {
      for (int doublings : new int[] {11, 31, 53, 60}) {
        DoubleMoments moments = of(List.of(value, 3.0));
        for (int i = 0; i < doublings; i++) {
          moments.add(DoubleMoments.fromBytes(moments.toBytes()));
        }
        MomentsOracle oracle =
            new MomentsOracle(
                List.of(new BigDecimal(value), BigDecimal.valueOf(3)), 1L << doublings);
        oracle.assertMean(moments);
        oracle.assertVariances(moments);
      }
    }
  }

  /** Enough additions of the largest squares that a late carry would overflow a chunk. */
  @Test
  void squaresCarryInTime() {
    for (int exponent = 0; exponent < 16; exponent++) {
      double value = Math.scalb(0x1.fffffffffffffp0, exponent);
      DoubleMoments moments = new DoubleMoments();
      for (int i = 0; i < 20_000; i++) {
        moments.add(value);
        moments.add(-value);
      }
      MomentsOracle oracle =
          new MomentsOracle(List.of(new BigDecimal(value), new BigDecimal(-value)), 20_000);
      oracle.assertMean(moments);
      oracle.assertVariances(moments);
    }
  }

  @Test
  void theEdgesOfTheRange() {
    DoubleMoments huge = of(List.of(Double.MAX_VALUE, Double.MAX_VALUE));
    assertEquals(Double.POSITIVE_INFINITY, huge.sum());
    assertEquals(Double.MAX_VALUE, huge.mean(), "exact although the sum is beyond the range");
    assertEquals(0.0, huge.sampleVariance());
    DoubleMoments wide = of(List.of(Double.MAX_VALUE, -Double.MAX_VALUE));
    assertEquals(Double.POSITIVE_INFINITY, wide.populationVariance());
    assertEquals(Double.POSITIVE_INFINITY, wide.sampleStddev());
    DoubleMoments tiny = of(List.of(-Double.MIN_VALUE, 0.0));
    assertEquals(0.0, tiny.mean(), "a tie between 0 and the smallest; never -0.0");
    assertEquals(0.0, of(Collections.nCopies(7, 0.1)).populationVariance());
    assertEquals(0.1, of(Collections.nCopies(7, 0.1)).mean());
  }

  @Test
  void tooFewValuesAreTheCallersError() {
    DoubleMoments moments = new DoubleMoments();
    assertEquals(0.0, moments.sum());
    assertThrows(IllegalStateException.class, moments::mean);
    assertEquals(
        "population variance needs n >= 1, n is 0; check count() first",
        assertThrows(IllegalStateException.class, moments::populationVariance).getMessage());
    assertThrows(IllegalStateException.class, () -> moments.subtract(4));
    moments.add(5);
    assertEquals(0.0, moments.populationStddev());
    assertEquals(
        "sample variance needs n >= 2, n is 1; check count() first",
        assertThrows(IllegalStateException.class, moments::sampleVariance).getMessage());
    assertThrows(IllegalArgumentException.class, () -> moments.add(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> moments.subtract(Double.POSITIVE_INFINITY));
    assertEquals(1, moments.count(), "a refused value changes nothing");
    moments.clear();
    assertArrayEquals(new DoubleMoments().toBytes(), moments.toBytes());
  }

  @Test
  void aMeansBytesAreNotThoseOfMoments() {
    DoubleMoments moments = of(List.of(1.0));
    assertThrows(IllegalArgumentException.class, () -> DoubleMean.fromBytes(moments.toBytes()));
    assertThrows(IllegalArgumentException.class, () -> DoubleMean.fromBytes(new byte[] {1}));
    assertThrows(IllegalArgumentException.class, () -> DoubleMean.fromBytes(new byte[] {1, 9}));
    assertThrows(
        IllegalArgumentException.class, () -> DoubleMean.fromBytes(new byte[] {(byte) 0x80, 0, 0}));
  }

  private static DoubleMoments of(List<Double> values) {
    DoubleMoments moments = new DoubleMoments();
    values.forEach(moments::add);
    return moments;
  }

  private static DoubleMean meanOf(List<Double> values) {
    DoubleMean mean = new DoubleMean();
    values.forEach(mean::add);
    return mean;
  }
}
