package dev.lockstep.wire;

/**
 * Turns what a model's trees add up to into the chance of label 1, by a logistic curve: part of a
 * model whose scores would not mean what they say otherwise, such as one trained with class
 * weights.
 *
 * <p>The curve is that of J. Platt, "Probabilistic outputs for support vector machines", 1999. It
 * rises, so it changes no order of scores. Its arithmetic is here alone, in double with {@link
 * StrictMath}: a score has the same bits wherever it is computed.
 *
 * @param slope over 0
 * @param intercept added to slope times the margin
 */
public record ScoreCalibration(double slope, double intercept) {

  /**
   * @throws IllegalArgumentException if the curve wouldn't rise, or has no value
   */
  public ScoreCalibration {
    if (!(slope > 0 && slope < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("slope is not over 0 and finite: " + slope);
    }
    if (!Double.isFinite(intercept)) {
      throw new IllegalArgumentException("intercept is not finite: " + intercept);
    }
  }

  /** The chance of label 1, where the trees of the model add up to this margin (log-odds). */
  public float score(float margin) {
    double logOdds = slope * margin + intercept;
    return (float) (1 / (1 + StrictMath.exp(-logOdds)));
  }
}
