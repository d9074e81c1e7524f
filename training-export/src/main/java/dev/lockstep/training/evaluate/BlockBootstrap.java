package dev.lockstep.training.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * How much figures are due to which days, or which entities, the rows are of.
 *
 * <p>Whole blocks are drawn with replacement, as many as there are, {@value #DRAWS} times; the
 * figures of the drawings, sorted, give the interval: rows of one block are alike, and an interval
 * by rows takes them for so much more knowledge (A. Davison, D. Hinkley, Bootstrap Methods and
 * their Application, 1997, sections 2.4 and 3.8). The middle 95 % would be too narrow where blocks
 * are few, so a little more is taken: the share that lies beyond a normal's quantile at t * sqrt(n
 * / (n - 1)), t being Student's for n - 1 degrees (the expanded percentile interval: T. Hesterberg,
 * What Teachers Should Know About the Bootstrap, The American Statistician 69(4), 2015).
 *
 * <p>Seeded, each drawing by itself: the same rows give the same intervals on any number of
 * threads.
 */
final class BlockBootstrap {
  static final int DRAWS = 1000;
  private static final long SEED = 20_261_125;

  /** Where more of the drawings than this have no figure, there is no interval. */
  private static final double MOST_WITHOUT = 0.05;

  private final Blocks blocks;
  private final DrawnScores scores;
  private final @Nullable DrawnScores others;
  private final double[] values;
  private final double[][] draws = new double[Metric.values().length][DRAWS];

  private BlockBootstrap(Blocks blocks, DrawnScores scores, @Nullable DrawnScores others) {
    this.blocks = blocks;
    this.scores = scores;
    this.others = others;
    byte[] once = new byte[blocks.count()];
    Arrays.fill(once, (byte) 1);
    this.values = measure(once);
  }

  /** Draws the blocks of a model's rows, or for the differences of two models on the same rows. */
  static BlockBootstrap of(Blocks blocks, DrawnScores scores, @Nullable DrawnScores others) {
    BlockBootstrap bootstrap = new BlockBootstrap(blocks, scores, others);
    long[] seeds = new SplittableRandom(SEED).longs(DRAWS).toArray();
    IntStream.range(0, DRAWS).parallel().forEach(d -> bootstrap.draw(d, seeds[d]));
    return bootstrap;
  }

  private void draw(int d, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] times = new byte[blocks.count()]; // a block drawn 128 times: less likely than anything
    for (int i = 0; i < times.length; i++) {
      times[random.nextInt(times.length)]++;
    }
    double[] measured = measure(times);
    for (int m = 0; m < measured.length; m++) {
      draws[m][d] = measured[m];
    }
  }

  private double[] measure(byte[] times) {
    double[] measured = scores.measure(times);
    if (others != null) {
      double[] theirs = others.measure(times);
      for (int m = 0; m < measured.length; m++) {
        measured[m] -= theirs[m];
      }
    }
    return measured;
  }

  /** A figure with its interval; null where it can't be told. */
  @Nullable Estimate estimate(Metric metric) {
    double[] sorted =
        Arrays.stream(draws[metric.ordinal()]).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double value = values[metric.ordinal()];
    if (sorted.length < DRAWS * (1 - MOST_WITHOUT) || Double.isNaN(value)) {
      return null;
    }
    double beyond = beyond(blocks.count());
    return new Estimate(
        value, quantile(sorted, beyond), quantile(sorted, 1 - beyond), blocks.name());
  }

  /** The share of drawings left out on either side. */
  static double beyond(int blocks) {
    double t = new TDistribution(blocks - 1).inverseCumulativeProbability(0.975);
    double wide = t * Math.sqrt(blocks / (blocks - 1.0));
    return new NormalDistribution().cumulativeProbability(-wide);
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length + 1) - 1;
    int left = (int) Math.max(0, Math.min(Math.floor(place), sorted.length - 2.0));
    double part = Math.max(0, Math.min(place - left, 1));
    return sorted[left] + part * (sorted[left + 1] - sorted[left]);
  }
}
