package dev.lockstep.training.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How much two models' difference on the same rows is due to which rows they are.
 *
 * <p>Rows are drawn with replacement, as many as there are, for both models alike; the middle 95 %
 * of the differences is the interval (B. Efron, R. Tibshirani, An Introduction to the Bootstrap,
 * 1993, percentile method). Rows are taken as independent: in truth neighbours in time share their
 * fog, so the interval is somewhat too narrow. Seeded: the same rows give the same interval.
 */
final class PairedBootstrap {
  private static final int DRAWS = 200;
  private static final long SEED = 20_261_125;

  private final float[] labels;
  private final double[] losses;
  private final double[] otherLosses;
  private final Ranking ranking;
  private final Ranking otherRanking;
  private final double[] aucs = new double[DRAWS];
  private final double[] logLosses = new double[DRAWS];
  private int drawn;

  private PairedBootstrap(float[] labels, float[] scores, float[] others) {
    this.labels = labels;
    this.losses = losses(labels, scores);
    this.otherLosses = losses(labels, others);
    this.ranking = Ranking.of(scores);
    this.otherRanking = Ranking.of(others);
  }

  /** Differences of two models' AUCs and log losses. */
  record Differences(Difference auc, Difference logLoss) {}

  /**
   * Scores less others' scores, on rows of these labels; both labels must occur.
   *
   * @throws IllegalArgumentException as {@link Evaluation#at}
   */
  static Differences of(float[] labels, float[] scores, float[] others) {
    double auc = Evaluation.auc(labels, scores) - Evaluation.auc(labels, others);
    PairedBootstrap bootstrap = new PairedBootstrap(labels, scores, others);
    bootstrap.draw();
    return new Differences(
        bootstrap.difference(auc, bootstrap.aucs),
        bootstrap.difference(bootstrap.meanLossDifference(null), bootstrap.logLosses));
  }

  private void draw() {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] times = new int[labels.length];
    for (int d = 0; d < DRAWS; d++) {
      Arrays.fill(times, 0);
      for (int i = 0; i < times.length; i++) {
        times[random.nextInt(times.length)]++;
      }
      double auc = ranking.auc(labels, times);
      if (!Double.isNaN(auc)) { // a few rows may all be of one label
        aucs[drawn] = auc - otherRanking.auc(labels, times);
        logLosses[drawn] = meanLossDifference(times);
        drawn++;
      }
    }
  }

  private double meanLossDifference(int @org.jspecify.annotations.Nullable [] times) {
    double sum = 0;
    for (int i = 0; i < losses.length; i++) {
      sum += (losses[i] - otherLosses[i]) * (times == null ? 1 : times[i]);
    }
    return sum / losses.length;
  }

  private Difference difference(double value, double[] draws) {
    double[] sorted = Arrays.copyOf(draws, drawn);
    Arrays.sort(sorted);
    if (drawn == 0) {
      return new Difference(value, value, value);
    }
    return new Difference(
        value,
        sorted[(int) (0.025 * drawn)],
        sorted[Math.max(0, (int) Math.ceil(0.975 * drawn) - 1)]);
  }

  private static double[] losses(float[] labels, float[] scores) {
    double[] losses = new double[labels.length];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = Evaluation.loss(labels[i], scores[i]);
    }
    return losses;
  }
}
