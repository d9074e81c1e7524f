package dev.lockstep.training.evaluate;

import java.util.Arrays;

/**
 * How steeply what comes rises with what is predicted: the slope of a logistic regression of the
 * label on the score's log-odds. 1 is best; below, scores are too near to 0 and 1 (overfitted);
 * above, too near to each other.
 *
 * <p>D. R. Cox, Two further applications of a model for binary regression, Biometrika 45, 1958; B.
 * Van Calster et al., Calibration: the Achilles heel of predictive analytics, BMC Medicine 17:230,
 * 2019. By Newton's method on rows grouped by score.
 */
final class CalibrationLine {
  private static final int MOST_STEPS = 30;
  private static final double CLOSE = 1e-6;

  private CalibrationLine() {}

  /**
   * The slope; NaN where no line fits best, such as where scores tell all labels apart.
   *
   * @param logOdds of each group's score
   * @param rows of each group
   * @param ones those of label 1
   */
  static double slope(double[] logOdds, long[] rows, long[] ones) {
    double allOnes = Arrays.stream(ones).sum();
    double intercept = Math.log(allOnes / (Arrays.stream(rows).sum() - allOnes));
    double slope = 0; // from 1, scores that are far too sure would send the first step astray
    for (int step = 0; step < MOST_STEPS; step++) {
      double g0 = 0;
      double g1 = 0;
      double h00 = 0;
      double h01 = 0;
      double h11 = 0;
      for (int i = 0; i < logOdds.length; i++) {
        double x = logOdds[i];
        double p = 1 / (1 + Math.exp(-(intercept + slope * x)));
        double off = ones[i] - rows[i] * p;
        double weight = rows[i] * p * (1 - p);
        g0 += off;
        g1 += off * x;
        h00 += weight;
        h01 += weight * x;
        h11 += weight * x * x;
      }
      double determinant = h00 * h11 - h01 * h01;
      if (!(determinant > 1e-12 * h00 * h11)) {
        return Double.NaN;
      }
      double d0 = (h11 * g0 - h01 * g1) / determinant;
      double d1 = (h00 * g1 - h01 * g0) / determinant;
      intercept += d0;
      slope += d1;
      if (Math.abs(d0) + Math.abs(d1) < CLOSE) {
        return slope;
      }
    }
    return Double.NaN;
  }
}
