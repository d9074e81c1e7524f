package dev.lockstep.training.evaluate;

import java.util.Locale;

/**
 * What scores are worth against the labels they should predict.
 *
 * @param rows how many
 * @param positives those of label 1
 * @param auc the area under the ROC curve, 0 to 1
 * @param logLoss the mean negative log-likelihood in nats; lower is better
 * @param threshold scores at or above it count as predicted 1
 * @param precision of the predicted 1s, the share that is; 0 if none is predicted
 * @param recall of the 1s, the share that is predicted
 * @param predicted how many rows reach the threshold
 */
public record Evaluation(
    int rows,
    int positives,
    double auc,
    double logLoss,
    double threshold,
    double precision,
    double recall,
    int predicted) {

  /** Scores are floats: one of 0 or 1 is taken as this far away, so that the loss stays finite. */
  private static final double CLOSEST_TO_CERTAIN = 1e-7;

  /**
   * Evaluates scores at a threshold.
   *
   * @param labels each 0 or 1
   * @param scores one a label, 0 to 1
   * @throws IllegalArgumentException if the lengths differ, a label is neither 0 nor 1, a score is
   *     NaN, or not both labels occur
   */
  public static Evaluation at(double threshold, float[] labels, float[] scores) {
    RankedScores ranked = RankedScores.of(labels, scores);
    int predicted = 0;
    int hits = 0;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] >= threshold) {
        predicted++;
        hits += labels[i] == 1 ? 1 : 0;
      }
    }
    return new Evaluation(
        labels.length,
        ranked.positives(),
        ranked.auc(),
        logLoss(labels, scores),
        threshold,
        predicted == 0 ? 0 : (double) hits / predicted,
        (double) hits / ranked.positives(),
        predicted);
  }

  /** Evaluates scores at the threshold that {@link #bestThreshold} finds in them. */
  public static Evaluation atBestThreshold(float[] labels, float[] scores) {
    return at(bestThreshold(labels, scores), labels, scores);
  }

  /**
   * The area under the ROC curve: the chance that a random 1 scores above a random 0, ties counting
   * half. Exact but for one rounding (Mann-Whitney U with midranks).
   *
   * @param labels each 0 or 1
   * @param scores one a label; any scale
   * @throws IllegalArgumentException as {@link #at}
   */
  public static double auc(float[] labels, float[] scores) {
    return RankedScores.of(labels, scores).auc();
  }

  /**
   * The score at which F1, the harmonic mean of precision and recall, is greatest; the highest such
   * score.
   *
   * @throws IllegalArgumentException as {@link #at}
   */
  public static double bestThreshold(float[] labels, float[] scores) {
    return RankedScores.of(labels, scores).bestThreshold();
  }

  private static double logLoss(float[] labels, float[] scores) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += loss(labels[i], scores[i]);
    }
    return sum / labels.length;
  }

  private static double bounded(float score) {
    return Math.min(Math.max(score, CLOSEST_TO_CERTAIN), 1 - CLOSEST_TO_CERTAIN);
  }

  /** ln(p / (1 - p)) of a score; bounded as the loss is. */
  static double logOdds(float score) {
    double p = bounded(score);
    return StrictMath.log(p) - StrictMath.log1p(-p);
  }

  /** The negative log-likelihood of one row. */
  static double loss(float label, float score) {
    double p = bounded(score);
    return label == 1 ? -StrictMath.log(p) : -StrictMath.log1p(-p);
  }

  /** The harmonic mean of precision and recall; 0 if both are. */
  public double f1() {
    double sum = precision + recall;
    return sum == 0 ? 0 : 2 * precision * recall / sum;
  }

  /** Two lines for people. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "AUC %.4f, log loss %.4f over %d rows, %.2f %% of them 1%n"
            + "at %.4f: %d rows predicted, precision %.1f %%, recall %.1f %%, F1 %.3f",
        auc,
        logLoss,
        rows,
        100.0 * positives / rows,
        threshold,
        predicted,
        100 * precision,
        100 * recall,
        f1());
  }
}
