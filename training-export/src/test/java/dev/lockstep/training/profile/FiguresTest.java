package dev.lockstep.training.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.time.Micros;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures of columns against values worked out by hand. */
class FiguresTest {
  private static final double NULL = Double.NaN;

  @Test
  void momentsOfFourValues() {
    Moments moments = new Moments();
    for (double v : new double[] {2, 4, NULL, 4, 6}) {
      moments.add(v);
    }
    assertEquals(4, moments.count());
    assertEquals(1, moments.nulls());
    assertEquals(4, moments.mean());
    assertEquals(Math.sqrt(8.0 / 3), moments.stddev(), 1e-15);
    assertEquals(2, moments.min());
    assertEquals(6, moments.max());
  }

  @Test
  void momentsOfNothingAreUnknown() {
    Moments none = new Moments();
    none.add(NULL);
    assertTrue(
        Double.isNaN(none.mean()) && Double.isNaN(none.min()) && Double.isNaN(none.stddev()));
  }

  @Test
  void quantilesLieBetweenNeighbours() {
    double[] sorted = {0, 10, 20, 30};
    assertEquals(15, Distribution.quantile(sorted, 0.5));
    assertEquals(7.5, Distribution.quantile(sorted, 0.25));
    assertEquals(30, Distribution.quantile(sorted, 1));
    assertEquals(5, Distribution.quantile(new double[] {5}, 0.9));
  }

  @Test
  void wholeNumbersGetBinsOfWholeWidth() {
    Distribution d = Distribution.of(new double[] {1, 1, 2, 4}, true);
    assertEquals(List.of(1.0, 2.0, 3.0, 4.0, 5.0), d.edges());
    assertEquals(List.of(2L, 1L, 0L, 1L), d.counts());
    assertEquals(3, d.distinct());
  }

  @Test
  void allValuesAreInABinUnlessCutOff() {
    double[] sorted = new double[1000];
    Arrays.setAll(sorted, i -> i / 10.0);
    Distribution d = Distribution.of(sorted, false);
    assertEquals(30, d.counts().size());
    assertEquals(1000, d.counts().stream().mapToLong(c -> c).sum());
    assertEquals(0, d.below() + d.above());
  }

  @Test
  void aLongTailIsCutOffAndCounted() {
    double[] sorted = new double[1001];
    Arrays.setAll(sorted, i -> i);
    sorted[1000] = 1e9;
    Distribution d = Distribution.of(sorted, true);
    // The 0.5 % and 99.5 % quantiles are 5 and 995: 5 below; 34 bins of width 30 reach to 1025.
    assertEquals(5, d.below());
    assertEquals(1, d.above());
    assertEquals(995, d.counts().stream().mapToLong(c -> c).sum());
    assertEquals(5.0, d.edges().get(0));
  }

  @Test
  void fewValuesAreGroupsOfTheirOwnAndNullsTheLast() {
    Groups groups = Groups.of(new double[] {1, 1, 3, 7});
    assertEquals(4, groups.count());
    assertArrayEquals(new int[] {0, 1, 2, 3}, groups.ofAll(new double[] {1, 3, 7, NULL}));
  }

  @Test
  void manyValuesAreTenGroupsOfEqualSize() {
    double[] sorted = new double[100];
    Arrays.setAll(sorted, i -> i);
    int[] rows = new int[11];
    Arrays.stream(Groups.of(sorted).ofAll(sorted)).forEach(g -> rows[g]++);
    assertArrayEquals(new int[] {10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0}, rows);
  }

  @Test
  void equalValuesAreNeverApart() {
    double[] sorted = new double[100];
    Arrays.setAll(sorted, i -> i < 75 ? 0 : i);
    int[] groups = Groups.of(sorted).ofAll(sorted);
    assertTrue(Arrays.stream(groups, 0, 75).allMatch(g -> g == 0), Arrays.toString(groups));
  }

  @Test
  void noValuesAreOneGroupWithoutRowsAndTheNulls() {
    assertEquals(1, Groups.of(new double[0]).of(NULL));
  }

  @Test
  void stabilityIndexByHand() {
    // Shares 0.5, 0.5 then 0.9, 0.1: 0.4 ln(1.8) - 0.4 ln(0.2).
    double expected = 0.4 * Math.log(1.8) - 0.4 * Math.log(0.2);
    assertEquals(
        expected, Stability.psi(new long[] {50, 50}, 100, new long[] {90, 10}, 100), 1e-12);
  }

  @Test
  void stabilityNeedsRowsAndComparesLaterPeriods() {
    int[] groups = new int[1200];
    int[] periods = new int[1200];
    for (int i = 0; i < 1200; i++) {
      periods[i] = i / 300;
      groups[i] = periods[i] == 3 ? 0 : i % 2;
    }
    List<Double> index = Stability.of(groups, 2, periods, 4, 1);
    assertTrue(index.get(0).isNaN());
    assertEquals(0, index.get(1), 1e-12);
    assertTrue(index.get(3) > 1, index.toString());
    assertTrue(Stability.of(new int[10], 1, new int[10], 4, 1).get(3).isNaN());
  }

  @Test
  void whatComesAgainEachWeekIsNoDrift() {
    int[] groups = new int[28 * 300];
    int[] periods = new int[groups.length];
    for (int i = 0; i < groups.length; i++) {
      periods[i] = i / 300;
      groups[i] = periods[i] % 7;
    }
    List<Double> weekly = Stability.of(groups, 7, periods, 28, 7);
    assertEquals(0, weekly.get(27), 1e-12);
    assertTrue(
        Stability.of(groups, 7, periods, 28, 1).get(27) > 1, "without the cycle it would be");
  }

  @Test
  void aMonthIsInDaysAndAnHourInMinutes() {
    Periods month = of("2001-01-01T00:05:00Z", "2001-01-31T23:00:00Z");
    assertEquals(31, month.count());
    assertEquals("1 day", month.width());
    assertEquals("2001-01-01", month.names().get(0));
    assertEquals(7, month.cycle());
    assertEquals(30, month.of(Micros.of(Instant.parse("2001-01-31T23:00:00Z"))));
    Periods hour = of("2001-01-01T00:00:00Z", "2001-01-01T01:00:00Z");
    assertEquals(13, hour.count());
    assertEquals("5 minutes", hour.width());
    assertEquals(1, hour.cycle());
  }

  @Test
  void anyRangeHasFewPeriodsThatHoldBothEnds() {
    long first = Micros.of(Instant.parse("1969-12-31T22:59:59Z"));
    for (long range = 0;
        range < Micros.of(Instant.parse("2200-01-01T00:00:00Z"));
        range = range * 3 + 1) {
      Periods periods = Periods.of(first, first + range);
      assertTrue(periods.count() >= 1 && periods.count() <= Periods.MOST, range + ": " + periods);
      assertEquals(0, periods.of(first), "" + periods);
      assertEquals(periods.count() - 1, periods.of(first + range), range + ": " + periods);
    }
  }

  @Test
  void correlationByHand() {
    assertEquals(1, Correlation.of(new double[] {1, 2, NULL, 3}, new double[] {2, 4, 9, 6}), 1e-12);
    // dx = -1, 0, 1; dy = -1, 2, -1: they don't go together.
    assertEquals(0, Correlation.of(new double[] {1, 2, 3}, new double[] {0, 3, 0}), 1e-12);
    assertTrue(Double.isNaN(Correlation.of(new double[] {1, 1}, new double[] {0, 1})));
  }

  @Test
  void anIdsDigitsAreANumber() {
    assertEquals(20010104123.0, TrainingColumns.digits("UA-2001-01-04/123"));
    assertTrue(Double.isNaN(TrainingColumns.digits("abc")));
  }

  private static Periods of(String first, String last) {
    return Periods.of(Micros.of(Instant.parse(first)), Micros.of(Instant.parse(last)));
  }
}
