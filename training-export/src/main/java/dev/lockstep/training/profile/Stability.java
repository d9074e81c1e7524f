package dev.lockstep.training.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a column moves over time: the population stability index of each period against the first
 * periods, over the groups of its values and the nulls.
 *
 * <p>PSI = sum over groups of (now - then) * ln(now / then), of shares; by the usual rule of thumb
 * under 0.1 is still, over {@value #FLAGGED} has moved.
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
  static int firstPeriods(int periods) {
    return (int) Math.max(1, Math.floor(periods * FIRST));
  }

  /**
   * The index of each period; NaN for those compared with, and where rows are few.
   *
   * @param groups each row's group
   * @param periodOf each row's period
   */
  static List<Double> of(int[] groups, int groupCount, int[] periodOf, int periods) {
    long[][] counts = new long[periods][groupCount];
    long[] rows = new long[periods];
    for (int i = 0; i < groups.length; i++) {
      counts[periodOf[i]][groups[i]]++;
      rows[periodOf[i]]++;
    }
    int first = firstPeriods(periods);
    long[] then = new long[groupCount];
    long rowsThen = 0;
    for (int p = 0; p < first; p++) {
      rowsThen += rows[p];
      for (int g = 0; g < groupCount; g++) {
        then[g] += counts[p][g];
      }
    }
    List<Double> index = new ArrayList<>();
    for (int p = 0; p < periods; p++) {
      boolean told = p >= first && rows[p] >= FEWEST_ROWS && rowsThen >= FEWEST_ROWS;
      index.add(told ? psi(then, rowsThen, counts[p], rows[p]) : Double.NaN);
    }
    return index;
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
