package dev.lockstep.training.profile;

import java.util.Collection;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;

/**
 * When a figure of a report is more than chance, and when it is large enough to matter: the one
 * place for both. What is said to stand out is both.
 *
 * <p>A report of a set in which nothing moves and nothing tells flags something in at most one of
 * twenty, however many features, periods and rows it has: half of that is for drift, half for what
 * tells of the label, each shared evenly among all that is looked at (Bonferroni).
 */
final class Significance {
  private static final double REPORT = 0.05;
  private static final double DRIFT = REPORT / 2;
  private static final double RELATIONS = REPORT / 2;

  /**
   * A stability index that matters: that of a normal value which moves by a fifth of its standard
   * deviation, d = 0.2 giving d * d (a small effect: J. Cohen, Statistical Power Analysis for the
   * Behavioral Sciences, 1988).
   */
  static final double INDEX_MATTERS = 0.04;

  /** An index to be looked at before training; the usual rule's "some change". */
  static final double INDEX_LARGE = 0.1;

  /** What one column alone doesn't do in honest data: an AUC of 0.95, or a correlation of 0.9. */
  static final double SUSPICIOUS = 0.9;

  /** Far above all others: at least so strong, and twice the next. */
  static final double STRONG = 0.5;

  /** Being null tells so much: an AUC of 0.75. */
  static final double NULLS_TELL = 0.5;

  /** An AUC or a correlation that is greater by so much in another set. */
  static final double LEAKS = 0.01;

  private Significance() {}

  /** The chance that one of so many comparisons over time may have, to be called drift. */
  static double ofDrift(long comparisons) {
    return DRIFT / Math.max(1, comparisons);
  }

  /** The chance that one of so many relations may have, to be called one. */
  static double ofRelation(long relations) {
    return RELATIONS / Math.max(1, relations);
  }

  /** What a chi-square of so many degrees is beyond with this chance. */
  static double chiSquare(int degrees, double chance) {
    return new ChiSquaredDistribution(degrees).inverseCumulativeProbability(1 - chance);
  }

  /**
   * How likely an AUC is at least so far from one half if the column tells nothing: Mann and
   * Whitney's test by the normal distribution, without the correction for ties, so rather too
   * likely.
   */
  static double ofAuc(double auc, long ones, long zeros) {
    if (Double.isNaN(auc) || ones == 0 || zeros == 0) {
      return 1;
    }
    double deviation = Math.sqrt((ones + zeros + 1.0) / (12.0 * ones * zeros));
    return bothSides(Math.abs(auc - 0.5) / deviation);
  }

  /** How likely a correlation over so many rows is at least so far from 0 by chance. */
  static double ofCorrelation(double correlation, long rows) {
    if (Double.isNaN(correlation) || rows < 3) {
      return 1;
    }
    double rest = 1 - correlation * correlation;
    if (rest <= 0) {
      return rows < 4 ? 1 : 0;
    }
    double t = Math.abs(correlation) * Math.sqrt((rows - 2) / rest);
    return 2 * new TDistribution(rows - 2.0).cumulativeProbability(-t);
  }

  /**
   * How likely a column equals another in every row if one of them is shuffled: one over the number
   * of its different orders.
   *
   * @param counts how often each value occurs
   */
  static double ofEqual(Collection<Long> counts) {
    long rows = 0;
    double logOrders = 0;
    for (long count : counts) {
      rows += count;
      logOrders -= Gamma.logGamma(count + 1.0);
    }
    return Math.exp(-(logOrders + Gamma.logGamma(rows + 1.0)));
  }

  /** How likely a normal value is so many deviations or more above its mean. */
  static double above(double deviations) {
    return Erf.erfc(deviations / Math.sqrt(2)) / 2;
  }

  private static double bothSides(double deviations) {
    return Erf.erfc(deviations / Math.sqrt(2));
  }
}
