package dev.lockstep.training.train;

import dev.lockstep.wire.ScoreCalibration;

/**
 * Finds the curve under which labels are likeliest, given the margins of rows that the trees were
 * not grown from.
 *
 * <p>The labels are drawn to (n1 + 1) / (n1 + 2) and 1 / (n0 + 2), as J. Platt, "Probabilistic
 * outputs for support vector machines", 1999, has it, so that a part which the trees part wholly
 * gives no certainty. The steps are Newton's with halving, of H.-T. Lin, C.-J. Lin and R. Weng, "A
 * note on Platt's probabilistic outputs", 2007. Sums are in the rows' order: the same rows give the
 * same bits.
 */
final class PlattFit {
  private static final int MOST_STEPS = 100;
  private static final double LEAST_STEP = 1e-10;
  private static final double RIDGE = 1e-12;
  private static final double SMALL_GRADIENT = 1e-9;

  /**
   * Below this share of its greatest value a determinant is rounding: the margins are all alike.
   */
  private static final double SINGULAR = 1e-12;

  private final float[] margins;
  private final float[] labels;
  private final double one;
  private final double zero;

  private PlattFit(float[] margins, float[] labels) {
    this.margins = margins;
    this.labels = labels;
    int ones = 0;
    for (float label : labels) {
      ones += label == 1 ? 1 : 0;
    }
    this.one = (ones + 1.0) / (ones + 2.0);
    this.zero = 1 / (labels.length - ones + 2.0);
  }

  /**
   * The curve of rows.
   *
   * @param margins what the trees add up to, one a row
   * @param labels 0 or 1
   */
  static ScoreCalibration of(float[] margins, float[] labels) {
    PlattFit fit = new PlattFit(margins, labels);
    double[] free = fit.newton(true);
    // Where the trees tell nothing, or the wrong way round, only the mean is put right.
    return free[0] > 0 ? new ScoreCalibration(free[0], free[1]) : fit.shift();
  }

  private ScoreCalibration shift() {
    return new ScoreCalibration(1, newton(false)[1]);
  }

  /** Slope and intercept of least loss; without a free slope it is 1. */
  private double[] newton(boolean freeSlope) {
    double[] at = {1, 0};
    double loss = loss(at);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] move = move(at, freeSlope);
      if (move.length == 0) {
        return at;
      }
      double size = 1;
      double[] next = at;
      while (size >= LEAST_STEP) {
        next = new double[] {at[0] + size * move[0], at[1] + size * move[1]};
        double nextLoss = loss(next);
        if (nextLoss < loss) {
          loss = nextLoss;
          break;
        }
        size /= 2;
      }
      if (size < LEAST_STEP) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /** Newton's step; none where the loss is flat. */
  private double[] move(double[] at, boolean freeSlope) {
    double g0 = 0;
    double g1 = 0;
    double h00 = RIDGE;
    double h01 = 0;
    double h11 = RIDGE;
    for (int i = 0; i < margins.length; i++) {
      double p = 1 / (1 + StrictMath.exp(-(at[0] * margins[i] + at[1])));
      double off = p - target(i);
      double weight = p * (1 - p);
      g0 += margins[i] * off;
      g1 += off;
      h00 += margins[i] * margins[i] * weight;
      h01 += margins[i] * weight;
      h11 += weight;
    }
    double small = SMALL_GRADIENT * margins.length;
    if (Math.abs(g1) < small && (!freeSlope || Math.abs(g0) < small)) {
      return new double[0];
    }
    if (!freeSlope) {
      return new double[] {0, -g1 / h11};
    }
    double determinant = h00 * h11 - h01 * h01;
    return determinant > SINGULAR * h00 * h11
        ? new double[] {(h01 * g1 - h11 * g0) / determinant, (h01 * g0 - h00 * g1) / determinant}
        : new double[] {0, -g1 / h11};
  }

  private double loss(double[] at) {
    double sum = 0;
    for (int i = 0; i < margins.length; i++) {
      double logOdds = at[0] * margins[i] + at[1];
      // -t log(p) - (1 - t) log(1 - p), without a log of 0
      sum +=
          Math.max(logOdds, 0)
              - target(i) * logOdds
              + StrictMath.log1p(StrictMath.exp(-Math.abs(logOdds)));
    }
    return sum;
  }

  private double target(int row) {
    return labels[row] == 1 ? one : zero;
  }
}
