package dev.lockstep.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Intervals: what a drawing measures, against its rows written out; and whether they cover. */
class UncertaintyTest {
  private static final long DAY_MICROS = 86_400_000_000L;

  /**
   * A world of days: each moves all scores, how well they tell labels apart, and how many labels
   * are 1. Scores are normal; a logistic function makes them shares without moving their order.
   */
  private record World(double moves, double tells) {

    /** The AUC over days without end: of a 1 and a 0 of different days. */
    double auc() {
      return new NormalDistribution()
          .cumulativeProbability(1 / Math.sqrt(2 + 2 * moves * moves + tells * tells));
    }

    TestRows rows(int days, int rowsADay, Random random, float[] scores) {
      int n = days * rowsADay;
      float[] labels = new float[n];
      long[] times = new long[n];
      for (int d = 0; d < days; d++) {
        double move = moves * random.nextGaussian();
        double tell = 1 + tells * random.nextGaussian();
        double share = logistic(-1 + 0.5 * random.nextGaussian());
        for (int i = d * rowsADay; i < (d + 1) * rowsADay; i++) {
          labels[i] = random.nextDouble() < share ? 1 : 0;
          scores[i] = (float) logistic(move + labels[i] * tell + random.nextGaussian());
          times[i] = d * DAY_MICROS + i;
        }
      }
      return new TestRows(labels, times, List.of());
    }

    private static double logistic(double x) {
      return 1 / (1 + Math.exp(-x));
    }
  }

  private static Uncertainty told(TestRows rows, float[] scores) {
    return assertNotNull(Uncertainty.of(rows, scores, null));
  }

  private static Uncertainty assertNotNull(Uncertainty uncertainty) {
    org.junit.jupiter.api.Assertions.assertNotNull(uncertainty);
    return uncertainty;
  }

  /** Of so many sets of 60 days, how often the interval of the AUC holds the world's. */
  private static double coverage(World world, int sets, long seed, boolean byDay) {
    long covered =
        IntStream.range(0, sets)
            .filter(
                set -> {
                  float[] scores = new float[60 * 20];
                  TestRows rows = world.rows(60, 20, new Random(seed + set), scores);
                  if (!byDay) { // each row a day of its own: what an interval by rows is
                    long[] apart = new long[scores.length];
                    Arrays.setAll(apart, i -> i * DAY_MICROS);
                    rows = new TestRows(rows.labels(), apart, List.of());
                  }
                  return !told(rows, scores).auc().excludes(world.auc());
                })
            .count();
    return (double) covered / sets;
  }

  @Test
  void intervalsByDayCoverTheTruthInNineteenOfTwenty() {
    long seed = 20_261_130;
    double moving = coverage(new World(0.4, 0.3), 500, seed, true);
    assertTrue(moving >= 0.93 && moving <= 0.97, moving + " with seed " + seed);
  }

  @Test
  void intervalsByRowDontWhereDaysDiffer() {
    long seed = 20_261_130;
    double byRow = coverage(new World(0.8, 0.8), 100, seed, false);
    assertTrue(byRow < 0.85, byRow + " with seed " + seed);
  }

  @Test
  void theWiderOfDaysAndEntitiesCounts() {
    // Of each of 30 entities all rows score alike; days don't matter.
    Random random = new Random(3);
    int n = 3000;
    float[] labels = new float[n];
    float[] scores = new float[n];
    long[] times = new long[n];
    int[] cards = new int[n];
    float[] of = new float[30];
    for (int i = 0; i < n; i++) {
      cards[i] = 1 + random.nextInt(30);
      of[cards[i] - 1] = of[cards[i] - 1] == 0 ? random.nextFloat() : of[cards[i] - 1];
      scores[i] = of[cards[i] - 1];
      labels[i] = random.nextFloat() < scores[i] * 0.5 ? 1 : 0;
      times[i] = random.nextInt(40) * DAY_MICROS;
    }
    int[] few = new int[n];
    Arrays.setAll(few, i -> 1 + i % 3);
    TestRows.Keys shops = new TestRows.Keys("shop", few);

    Estimate both =
        told(new TestRows(labels, times, List.of(new TestRows.Keys("card", cards), shops)), scores)
            .auc();
    Estimate byDay = told(new TestRows(labels, times, List.of(shops)), scores).auc();

    assertEquals("card", both.by());
    assertEquals("day", byDay.by());
    assertTrue(both.high() - both.low() > 1.5 * (byDay.high() - byDay.low()), both + ", " + byDay);
  }

  @Test
  void fewDaysTellNothingOfDays() {
    Random random = new Random(4);
    float[] scores = new float[5 * 100];
    TestRows rows = new World(0.2, 0.2).rows(5, 100, random, scores);
    int[] cards = new int[scores.length];
    Arrays.setAll(cards, i -> 1 + i % 50);
    String note =
        "the rows are of 5 days, and how much days differ can't be told from fewer than 10: the"
            + " intervals may be too narrow";

    Uncertainty byRow = told(rows, scores);
    Uncertainty byCard =
        told(
            new TestRows(
                rows.labels(), rows.timesMicros(), List.of(new TestRows.Keys("card", cards))),
            scores);

    assertEquals(List.of(note), byRow.notes());
    assertEquals("row", byRow.auc().by());
    assertEquals(List.of(note), byCard.notes());
    assertEquals("card", byCard.auc().by());
    assertNull(
        Uncertainty.of(new TestRows(new float[2], new long[2], List.of()), new float[2], null));
  }

  @Test
  void rowsOfNoEntityAreLikeNoOther() {
    TestRows rows =
        new TestRows(
            new float[12],
            new long[12],
            List.of(new TestRows.Keys("card", new int[] {0, 0, 0, 7, 7, 0, 0, 0, 0, 0, 0, 9})));

    Blocks cards = Blocks.choose(rows).blocks().get(0);

    assertEquals(11, cards.count());
    assertEquals(cards.of()[3], cards.of()[4]);
    assertEquals(11, Arrays.stream(cards.of()).distinct().count());
  }

  @RepeatedTest(20)
  void aDrawingIsMeasuredAsItsRowsWrittenOut(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    int n = 60 + random.nextInt(3000);
    float[] labels = new float[n];
    float[] scores = new float[n];
    int[] of = new int[n];
    int count = 12;
    for (int i = 0; i < n; i++) {
      of[i] = i < count ? i : random.nextInt(count);
      scores[i] = seed % 2 == 0 ? random.nextInt(12) / 12f : random.nextFloat(); // ties, or none
      labels[i] = random.nextFloat() < scores[i] ? 1 : 0;
    }
    byte[] times = new byte[count];
    for (int b = 0; b < count; b++) {
      times[b] = (byte) random.nextInt(4);
    }
    times[0] = 2;
    int[] written =
        IntStream.range(0, n).flatMap(i -> IntStream.range(0, times[of[i]]).map(t -> i)).toArray();
    float[] writtenLabels = new float[written.length];
    float[] writtenScores = new float[written.length];
    for (int i = 0; i < written.length; i++) {
      writtenLabels[i] = labels[written[i]];
      writtenScores[i] = scores[written[i]];
    }

    double[] measured =
        new DrawnScores(new Blocks("b", of, count), labels, scores, Ranking.of(scores))
            .measure(times);

    Evaluation expected = Evaluation.at(0.5, writtenLabels, writtenScores);
    assertEquals(expected.auc(), measured[Metric.AUC.ordinal()], 1e-12, "seed " + seed);
    assertEquals(expected.logLoss(), measured[Metric.LOG_LOSS.ordinal()], 1e-9, "seed " + seed);
    assertEquals(
        Curves.of(RankedScores.of(writtenLabels, writtenScores)).averagePrecision(),
        measured[Metric.AVERAGE_PRECISION.ordinal()],
        1e-12,
        "seed " + seed);
    double sum = 0;
    for (int i = 0; i < written.length; i++) {
      sum += writtenScores[i] - writtenLabels[i];
    }
    assertEquals(sum / written.length, measured[Metric.OFFSET.ordinal()], 1e-9, "seed " + seed);
  }

  @Test
  void calibrationOfAllRowsIsThatOfTheReport() {
    Random random = new Random(6);
    float[] scores = new float[60 * 50];
    TestRows rows = new World(0.2, 0.2).rows(60, 50, random, scores);

    Uncertainty u = told(rows, scores);

    assertEquals(
        Calibration.of(rows.labels(), scores, Calibration.BINS).error(),
        u.calibrationError().value(),
        1e-12);
  }

  /** Labels drawn from the scores' own shares; and from shares whose log-odds are half as far. */
  @Test
  void theSlopeTellsScoresThatAreTooSure() {
    Random random = new Random(7);
    int n = 20_000;
    float[] honest = new float[n];
    float[] sure = new float[n];
    float[] labels = new float[n];
    long[] times = new long[n];
    for (int i = 0; i < n; i++) {
      double logOdds = random.nextGaussian() - 1;
      honest[i] = (float) World.logistic(logOdds);
      sure[i] = (float) World.logistic(2 * logOdds);
      labels[i] = random.nextDouble() < honest[i] ? 1 : 0;
      times[i] = (long) (random.nextDouble() * 50 * DAY_MICROS);
    }
    TestRows rows = new TestRows(labels, times, List.of());

    Estimate one = told(rows, honest).slope();
    Estimate half = told(rows, sure).slope();

    assertTrue(!one.excludes(1) && one.high() - one.low() < 0.12, one.toString());
    assertTrue(!half.excludes(0.5) && half.excludes(1), half.toString());
    assertTrue(!told(rows, honest).offset().excludes(0));
    assertTrue(told(rows, sure).offset().excludes(0));
  }

  @Test
  void whereNoLineFitsBestTheSlopeIsUnknown() {
    float[] labels = new float[100];
    float[] scores = new float[100];
    long[] times = new long[100];
    for (int i = 0; i < 100; i++) {
      labels[i] = i % 2;
      scores[i] = 0.2f + 0.5f * (i % 2) + i / 1000f;
      times[i] = i * DAY_MICROS / 4;
    }
    Uncertainty u = told(new TestRows(labels, times, List.of()), scores);

    assertNull(u.slope());
    assertEquals(new Estimate(1, 1, 1, "day"), u.auc());
  }
}
