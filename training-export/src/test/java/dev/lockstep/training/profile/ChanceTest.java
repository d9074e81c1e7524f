package dev.lockstep.training.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reports flag of sets in which nothing moves and nothing tells, and what they find. */
class ChanceTest {
  private static final int PERIODS = 12;
  private static final long SEED = 20_261_130;

  /** Groups of features as they are: tenths, tenths and few nulls, a rare value, a text's. */
  private static final List<double[]> SHAPES =
      List.of(
          shares(1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
          shares(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.03),
          shares(0.985, 0.01, 0.005),
          shares(1, 0.35, 0.19, 0.13, 0.09, 0.07, 0.05, 0.04, 0.04, 0.03, 0.03, 0.02, 0.02, 0.01));

  private static double[] shares(double... weights) {
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }

  /** Rows drawn into groups: how many each has, without a draw a row. */
  private static long[] draw(long rows, double[] shares, Random random) {
    long[] counts = new long[shares.length];
    long left = rows;
    double share = 1;
    for (int g = 0; g < shares.length - 1; g++) {
      counts[g] = binomial(left, Math.min(1, shares[g] / share), random);
      left -= counts[g];
      share -= shares[g];
    }
    counts[shares.length - 1] = left;
    return counts;
  }

  /** Exact for few hits, by the distances between them; else by the normal distribution. */
  private static long binomial(long n, double p, Random random) {
    if (p > 0.5) {
      return n - binomial(n, 1 - p, random);
    }
    double mean = n * p;
    if (mean > 200) {
      double hits = mean + Math.sqrt(mean * (1 - p)) * random.nextGaussian();
      return Math.max(0, Math.min(n, Math.round(hits)));
    }
    long hits = 0;
    double logRest = Math.log1p(-p);
    double at = nextHit(0, logRest, random);
    while (at <= n) {
      hits++;
      at = nextHit(at, logRest, random);
    }
    return hits;
  }

  private static double nextHit(double at, double logRest, Random random) {
    return at + Math.floor(Math.log(1 - random.nextDouble()) / logRest) + 1;
  }

  private static Stability stability(long rows, int features) {
    long[] perPeriod = new long[PERIODS];
    Arrays.fill(perPeriod, rows);
    return new Stability(perPeriod, 1, features);
  }

  private static boolean moves(Stability stability, long[][] counts) {
    return stability.of(counts).stream().anyMatch(Stability.Shift::moved);
  }

  @ParameterizedTest
  @CsvSource({
    "200, 10",
    "200, 100",
    "200, 500",
    "2000, 10",
    "2000, 100",
    "2000, 500",
    "20000, 100",
    "1000000, 10",
    "1000000, 500"
  })
  void withoutDriftAtMostOneReportOfTwentyFlags(long rows, int features) {
    Random random = new Random(SEED + rows + features);
    int reports = features > 100 ? 60 : 200;
    int flagged = 0;
    for (int r = 0; r < reports; r++) {
      Stability stability = stability(rows, features);
      boolean any = false;
      for (int f = 0; f < features && !any; f++) {
        long[][] counts = new long[PERIODS][];
        double[] shape = SHAPES.get(f % SHAPES.size());
        Arrays.setAll(counts, p -> draw(rows, shape, random));
        any = moves(stability, counts);
      }
      flagged += any ? 1 : 0;
    }
    assertTrue(flagged <= reports / 20, flagged + " of " + reports + ", seed " + SEED);
  }

  @ParameterizedTest
  @CsvSource({"10, 10000", "500, 10000"})
  void aShiftOfThreeTenthsOfADeviationIsFound(int features, long rowsInAll) {
    NormalDistribution normal = new NormalDistribution();
    double[] shifted = new double[10];
    for (int g = 0; g < 10; g++) {
      double from = g == 0 ? 0 : normal.cumulativeProbability(quantile(g) - 0.3);
      double to = g == 9 ? 1 : normal.cumulativeProbability(quantile(g + 1) - 0.3);
      shifted[g] = to - from;
    }
    Random random = new Random(SEED + features);
    long rows = rowsInAll / PERIODS;
    int found = 0;
    for (int r = 0; r < 400; r++) {
      long[][] counts = new long[PERIODS][];
      Arrays.setAll(counts, p -> draw(rows, p < PERIODS / 2 ? SHAPES.get(0) : shifted, random));
      found += moves(stability(rows, features), counts) ? 1 : 0;
    }
    assertTrue(found >= 360, found + " of 400, seed " + SEED);
  }

  private static double quantile(int tenth) {
    return new NormalDistribution().inverseCumulativeProbability(tenth / 10.0);
  }

  /** Few rows, few 1s, many features, half of the values null: much looks like a leak by chance. */
  @ParameterizedTest
  @CsvSource({"6, 200, 2", "12, 100, 3", "30, 100, 1", "100, 100, 2", "400, 20, 40"})
  void whatTellsByChanceIsNoFinding(int rows, int features, int ones) {
    Random random = new Random(SEED + rows);
    int reports = 60;
    int flagged = 0;
    int strong = 0;
    for (int r = 0; r < reports; r++) {
      double[] labels = new double[rows];
      Arrays.fill(labels, 0, ones, 1);
      Relations relations = new Relations(labels, new double[rows]);
      double likely = Significance.ofRelation(3L * features);
      boolean any = false;
      for (int f = 0; f < features; f++) {
        int kind = f;
        double[] values = new double[rows];
        Arrays.setAll(values, i -> value(kind, random));
        Relation relation = relations.of(values, new int[rows], 1);
        strong += relation.strength() >= Significance.SUSPICIOUS || relation.equal() ? 1 : 0;
        any |=
            (relation.strength() >= Significance.STRONG && relation.chances().score() <= likely)
                || (relation.nullStrength() >= Significance.NULLS_TELL
                    && relation.chances().nulls() <= likely)
                || (relation.equal() && relation.chances().equal() <= likely);
      }
      flagged += any ? 1 : 0;
    }
    assertTrue(rows > 12 || strong > reports, "by strength alone: " + strong);
    assertTrue(flagged <= reports / 20, flagged + " of " + reports + ", seed " + SEED);
  }

  private static double value(int kind, Random random) {
    return switch (kind % 3) {
      case 0 -> random.nextDouble();
      case 1 -> random.nextInt(2);
      default -> random.nextBoolean() ? Double.NaN : random.nextDouble();
    };
  }

  @Test
  void chancesByHand() {
    // 3 of 20 are 1: of 1140 orders one puts them there.
    assertEquals(1 / 1140.0, Significance.ofEqual(List.of(3L, 17L)), 1e-12);
    assertEquals(1 / 6.0, Significance.ofEqual(List.of(1L, 1L, 1L)), 1e-12);
    // U of 10 and 10 has a deviation of sqrt(10 * 10 * 21 / 12) = 13.2288; 0.9 is 40 from the mean.
    assertEquals(2 * (1 - 0.998752), Significance.ofAuc(0.9, 10, 10), 2e-5);
    assertEquals(1, Significance.ofAuc(0.5, 10, 10), 1e-12);
    // r = 0.5 over 18 rows: t = 0.5 * sqrt(16 / 0.75) = 2.3094, of 16 degrees.
    assertEquals(0.0346, Significance.ofCorrelation(0.5, 18), 1e-4);
    assertEquals(0, Significance.ofCorrelation(-1, 18));
    assertEquals(1, Significance.ofCorrelation(1, 3));
    assertEquals(0.025, Significance.above(1.959964), 1e-7);
  }
}
