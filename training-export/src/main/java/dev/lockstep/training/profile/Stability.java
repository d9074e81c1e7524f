package dev.lockstep.training.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far a column moves over time: the population stability index against the first quarter of the
 * periods, over the groups of its values and the nulls.
 *
 * <p>PSI = sum over groups of (now - then) * ln(now / then), of shares. Where nothing moves it
 * isn't 0 but about (1/n + 1/m) times a chi-square of a degree less than groups, n and m being the
 * rows then and now (B. Yurdakul, Statistical Properties of Population Stability Index, 2018). So a
 * column has moved where two things hold:
 *
 * <ul>
 *   <li>it isn't chance: Pearson's chi-square of the two counts is beyond what {@link
 *       Significance#ofDrift} allows, for so many features and periods. (Pearson's, since at few
 *       rows the index's own distribution has a heavier tail than it should.)
 *   <li>it matters: the index less what chance gives on average is at least {@link
 *       Significance#INDEX_MATTERS}.
 * </ul>
 *
 * <p>Groups of which fewer than {@value #FEWEST_EXPECTED} rows would be expected on either side are
 * taken together. Now is a whole {@linkplain Periods#cycle cycle} of periods: else each Sunday
 * would have moved since Monday.
 */
final class Stability {
  /** Periods of fewer rows aren't compared. */
  static final int FEWEST_ROWS = 200;

  /** Cochran's rule for chi-squares. */
  private static final int FEWEST_EXPECTED = 5;

  /** A share of none would make the index infinite. */
  private static final double LEAST_SHARE = 1e-4;

  /** What all later ones are compared with: this part of the periods, at least one. */
  private static final double FIRST = 0.25;

  private final int cycle;
  private final double chance;
  private final Map<Integer, Double> limits = new ConcurrentHashMap<>();

  /**
   * What compares the columns of some rows.
   *
   * @param rowsPerPeriod how many rows each period has
   * @param cycle how many periods are looked at together
   * @param features how many columns are looked at
   */
  Stability(long[] rowsPerPeriod, int cycle, int features) {
    this.cycle = cycle;
    long[][] counts = new long[rowsPerPeriod.length][];
    Arrays.setAll(counts, p -> new long[] {rowsPerPeriod[p]});
    long told = windows(counts).stream().filter(w -> w.length > 0).count();
    this.chance = Significance.ofDrift(told * features);
  }

  /**
   * One comparison.
   *
   * @param index NaN where it can't be told
   * @param bound about the index from which on it has moved; NaN as the index
   * @param moved whether it has
   */
  record Shift(double index, double bound, boolean moved) {
    static final Shift UNKNOWN = new Shift(Double.NaN, Double.NaN, false);
  }

  /** How many periods the others are compared with. */
  static int firstPeriods(int periods, int cycle) {
    int quarter = (int) Math.max(1, Math.floor(periods * FIRST));
    return Math.min(periods, (quarter + cycle - 1) / cycle * cycle);
  }

  /** How many rows each group has in each period: what {@link #of} compares. */
  static long[][] counts(int[] groups, int groupCount, int[] periodOf, int periods) {
    long[][] counts = new long[periods][groupCount];
    for (int i = 0; i < groups.length; i++) {
      counts[periodOf[i]][groups[i]]++;
    }
    return counts;
  }

  /**
   * The comparison of each period, and those before it in its cycle; unknown where these are not
   * all later than those compared with, or have few rows.
   *
   * @param counts rows by period and group
   */
  List<Shift> of(long[][] counts) {
    long[] then = sum(counts, 0, firstPeriods(counts.length, cycle));
    List<Shift> shifts = new ArrayList<>();
    for (long[] now : windows(counts)) {
      shifts.add(now.length == 0 ? Shift.UNKNOWN : shift(then, now));
    }
    return shifts;
  }

  /** What each period is compared by; empty where it isn't. */
  private List<long[]> windows(long[][] counts) {
    int first = firstPeriods(counts.length, cycle);
    boolean enoughThen = rows(sum(counts, 0, first)) >= FEWEST_ROWS;
    List<long[]> windows = new ArrayList<>();
    for (int p = 0; p < counts.length; p++) {
      int from = p - cycle + 1;
      long[] window = from < first ? new long[0] : sum(counts, from, p + 1);
      windows.add(enoughThen && rows(window) >= FEWEST_ROWS ? window : new long[0]);
    }
    return windows;
  }

  private static long[] sum(long[][] counts, int from, int to) {
    long[] sum = new long[counts[0].length];
    for (int p = from; p < to; p++) {
      for (int g = 0; g < sum.length; g++) {
        sum[g] += counts[p][g];
      }
    }
    return sum;
  }

  private static long rows(long[] counts) {
    return Arrays.stream(counts).sum();
  }

  private Shift shift(long[] allThen, long[] allNow) {
    double rowsThen = rows(allThen);
    double rowsNow = rows(allNow);
    double shareThen = rowsThen / (rowsThen + rowsNow);
    double least = Math.min(shareThen, 1 - shareThen);
    List<long[]> groups = joined(allThen, allNow, least);
    double index = 0;
    double chiSquare = 0;
    for (long[] g : groups) {
      double both = g[0] + g[1];
      double off = g[0] - both * shareThen;
      chiSquare += off * off / (both * shareThen) + off * off / (both * (1 - shareThen));
      index += term(g[0] / rowsThen, g[1] / rowsNow);
    }
    int degrees = groups.size() - 1;
    if (degrees == 0) {
      return new Shift(0, Significance.INDEX_MATTERS, false);
    }
    double scale = 1 / rowsThen + 1 / rowsNow;
    double limit = limits.computeIfAbsent(degrees, d -> Significance.chiSquare(d, chance));
    double matters = Significance.INDEX_MATTERS + scale * degrees;
    return new Shift(
        index, Math.max(matters, scale * limit), index >= matters && chiSquare >= limit);
  }

  /** Then and now of each group; those that are too rare as one, or with the rarest other. */
  private static List<long[]> joined(long[] then, long[] now, double leastShare) {
    List<long[]> groups = new ArrayList<>();
    long[] rare = new long[2];
    for (int g = 0; g < then.length; g++) {
      boolean few = (then[g] + now[g]) * leastShare < FEWEST_EXPECTED;
      if (few) {
        rare[0] += then[g];
        rare[1] += now[g];
      } else {
        groups.add(new long[] {then[g], now[g]});
      }
    }
    long rareRows = rare[0] + rare[1];
    if (groups.isEmpty() || rareRows * leastShare >= FEWEST_EXPECTED) {
      groups.add(rare);
    } else if (rareRows > 0) {
      long[] rarest =
          groups.stream().min((a, b) -> Long.compare(a[0] + a[1], b[0] + b[1])).orElseThrow();
      rarest[0] += rare[0];
      rarest[1] += rare[1];
    }
    return groups;
  }

  private static double term(double shareThen, double shareNow) {
    double before = Math.max(LEAST_SHARE, shareThen);
    double after = Math.max(LEAST_SHARE, shareNow);
    return (after - before) * Math.log(after / before);
  }
}
