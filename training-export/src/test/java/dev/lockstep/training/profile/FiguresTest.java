package dev.lockstep.training.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

  /** Each period of so many rows. */
  private static Stability stability(int periods, long rows, int cycle, int features) {
    long[] all = new long[periods];
    Arrays.fill(all, rows);
    return new Stability(all, cycle, features);
  }

  @Test
  void stabilityIndexByHand() {
    // Shares 0.5, 0.5 then 0.9, 0.1: 0.4 ln(1.8) - 0.4 ln(0.2).
    double expected = 0.4 * Math.log(1.8) - 0.4 * Math.log(0.2);
    List<Stability.Shift> shifts =
        stability(2, 1000, 1, 1).of(new long[][] {{500, 500}, {900, 100}});
    assertEquals(expected, shifts.get(1).index(), 1e-12);
    assertTrue(shifts.get(1).moved());
    // (1/1000 + 1/1000) times the chi-square of 1 degree that 1 of 40 reports is beyond, and the
    // least that matters beside what chance gives on average.
    assertEquals(Math.max(0.002 * 5.0239, 0.04 + 0.002), shifts.get(1).bound(), 1e-6);
    assertTrue(Double.isNaN(shifts.get(0).index()));
  }

  @Test
  void aShiftThatIsSureButSmallHasntMovedNorOneThatIsLargeButChance() {
    // 50 % to 53 % of a million rows; and 50 % to 61 % of 200, of a hundred features.
    Stability.Shift small =
        stability(2, 1_000_000, 1, 1)
            .of(new long[][] {{500_000, 500_000}, {530_000, 470_000}})
            .get(1);
    Stability.Shift chance =
        stability(2, 200, 1, 100).of(new long[][] {{100, 100}, {122, 78}}).get(1);
    assertEquals(0.0036, small.index(), 1e-5);
    assertFalse(small.moved(), small.toString());
    assertTrue(chance.index() > 0.045 && chance.bound() > 0.1, chance.toString());
    assertFalse(chance.moved(), chance.toString());
  }

  @Test
  void rareGroupsAreTakenTogether() {
    long[][] counts = {{480, 480, 3, 2, 1}, {480, 480, 0, 0, 6}};
    Stability.Shift shift = stability(2, 966, 1, 1).of(counts).get(1);
    assertEquals(0, shift.index(), 1e-12);
    assertEquals(
        0, stability(2, 1000, 1, 1).of(new long[][] {{1000, 0}, {1000, 0}}).get(1).index());
  }

  @Test
  void stabilityNeedsRowsAndComparesLaterPeriods() {
    int[] groups = new int[1200];
    int[] periods = new int[1200];
    for (int i = 0; i < 1200; i++) {
      periods[i] = i / 300;
      groups[i] = periods[i] == 3 ? 0 : i % 2;
    }
    List<Stability.Shift> shifts =
        stability(4, 300, 1, 1).of(Stability.counts(groups, 2, periods, 4));
    assertTrue(Double.isNaN(shifts.get(0).index()));
    assertEquals(0, shifts.get(1).index(), 1e-12);
    assertTrue(shifts.get(3).index() > 1 && shifts.get(3).moved(), shifts.toString());
    long[][] few = Stability.counts(new int[10], 1, new int[10], 4);
    assertEquals(Stability.Shift.UNKNOWN, stability(4, 3, 1, 1).of(few).get(3));
  }

  @Test
  void whatComesAgainEachWeekIsNoDrift() {
    int[] groups = new int[28 * 300];
    int[] periods = new int[groups.length];
    for (int i = 0; i < groups.length; i++) {
      periods[i] = i / 300;
      groups[i] = periods[i] % 7;
    }
    long[][] counts = Stability.counts(groups, 7, periods, 28);
    assertEquals(0, stability(28, 300, 7, 1).of(counts).get(27).index(), 1e-12);
    assertTrue(
        stability(28, 300, 1, 1).of(counts).get(27).index() > 1, "without the cycle it would be");
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
