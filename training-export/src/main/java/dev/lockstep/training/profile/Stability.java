package dev.lockstep.training.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far a column moves over time: the population stability index against the first quarter of the
 * periods, over the groups of its values and the nulls.
 *
 * <p>PSI = sum over groups of (now - then) * ln(now / then), of shares; by the usual rule of thumb
 * under 0.1 is still, over {@value #FLAGGED} has moved. Now is a whole {@linkplain Periods#cycle
 * cycle} of periods: else each Sunday would have moved since Monday.
 */
final class Stability {
  static final double FLAGGED = 0.2;

  /** Periods of fewer rows say more of chance than of drift. */
  static final int FEWEST_ROWS = 200;

  /** A share of none would make the index infinite. */
  private static final double LEAST_SHARE = 1e-4;

  /** What all later ones are compared with: this part of the periods, at least one. */
  private static final double FIRST = 0.25;

  private Stability() {}

  /** How many periods the others are compared with. */
  static int firstPeriods(int periods, int cycle) {
    int quarter = (int) Math.max(1, Math.floor(periods * FIRST));
    return Math.min(periods, (quarter + cycle - 1) / cycle * cycle);
  }

  /**
   * The index of each period with those before it in its cycle; NaN where these are not all later
   * than those compared with, or have few rows.
   *
   * @param groups each row's group
   * @param periodOf each row's period
   * @param cycle how many periods are looked at together
   */
  static List<Double> of(int[] groups, int groupCount, int[] periodOf, int periods, int cycle) {
    long[][] counts = new long[periods][groupCount];
    for (int i = 0; i < groups.length; i++) {
      counts[periodOf[i]][groups[i]]++;
    }
    int first = firstPeriods(periods, cycle);
    long[] then = sum(counts, 0, first, groupCount);
    List<Double> index = new ArrayList<>();
    for (int p = 0; p < periods; p++) {
      int from = p - cycle + 1;
      index.add(from < first ? Double.NaN : told(then, sum(counts, from, p + 1, groupCount)));
    }
    return index;
  }

  private static long[] sum(long[][] counts, int from, int to, int groupCount) {
    long[] sum = new long[groupCount];
    for (int p = from; p < to; p++) {
      for (int g = 0; g < groupCount; g++) {
        sum[g] += counts[p][g];
      }
    }
    return sum;
  }

  private static double told(long[] then, long[] now) {
    long rowsThen = Arrays.stream(then).sum();
    long rowsNow = Arrays.stream(now).sum();
    boolean enough = rowsThen >= FEWEST_ROWS && rowsNow >= FEWEST_ROWS;
    return enough ? psi(then, rowsThen, now, rowsNow) : Double.NaN;
  }

  static double psi(long[] then, long rowsThen, long[] now, long rowsNow) {
    double sum = 0;
    for (int g = 0; g < then.length; g++) {
      double before = Math.max(LEAST_SHARE, (double) then[g] / rowsThen);
      double after = Math.max(LEAST_SHARE, (double) now[g] / rowsNow);
      sum += (after - before) * Math.log(after / before);
    }
    return sum;
  }
}
