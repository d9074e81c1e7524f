package dev.lockstep.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Curves and counts against cases worked out by hand, and against their definitions. */
class ScoreReportTest {
  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final float[] LABELS = {1, 0, 1, 1, 0};
  private static final float[] SCORES = {0.9f, 0.8f, 0.8f, 0.4f, 0.1f};

  private static ScoreReport report() {
    long[] times = {0, 1, HOUR_MICROS, HOUR_MICROS + 1, 15 * HOUR_MICROS};
    return ScoreReport.of(0.5, new TestRows(LABELS, times, List.of()), SCORES);
  }

  @Test
  void curvesByHand() {
    // From the top: 0.9 finds one of three; at 0.8 a 1 and a 0 are tied; 0.4 finds the third.
    Curves curves = report().curves();

    assertEquals(
        List.of(
            new CurvePoint(0, 0, Math.nextUp(0.9f)),
            new CurvePoint(0, 1 / 3.0, 0.9f),
            new CurvePoint(0.5, 2 / 3.0, 0.8f),
            new CurvePoint(0.5, 1, 0.4f),
            new CurvePoint(1, 1, 0.1f)),
        curves.roc());
    assertEquals(
        List.of(
            new CurvePoint(1 / 3.0, 1, 0.9f),
            new CurvePoint(2 / 3.0, 2 / 3.0, 0.8f),
            new CurvePoint(1, 3 / 4.0, 0.4f),
            new CurvePoint(1, 3 / 5.0, 0.1f)),
        curves.precisionRecall());
    assertEquals((1 + 2 / 3.0 + 3 / 4.0) / 3, curves.averagePrecision(), 1e-15);
  }

  @Test
  void countsByHand() {
    ScoreReport report = report();

    assertEquals(new Confusion(2, 1, 1, 1), report.confusion());
    assertEquals((0.01 + 0.64 + 0.04 + 0.36 + 0.01) / 5, report.brier(), 1e-7);
    assertNull(report.uncertainty(), "five rows tell nothing of how sure they are");
    assertEquals(
        report.quality().precision(),
        2 / 3.0,
        "the confusion and the evaluation are of one threshold");
  }

  @Test
  void tiedRowsAreSharedAmongTenths() {
    // 20 rows, 5 of them 1: the highest two rows are 1; all others are tied, 3 of 18 are 1.
    float[] labels = new float[20];
    float[] scores = new float[20];
    Arrays.fill(scores, 0.2f);
    for (int i : new int[] {0, 1, 5, 6, 7}) {
      labels[i] = 1;
    }
    scores[0] = 0.9f;
    scores[1] = 0.8f;

    List<Tenth> tenths = Tenth.of(RankedScores.of(labels, scores));

    assertEquals(10, tenths.size());
    assertEquals(new Tenth(1, 2, 2, 1, 4, 2 / 5.0), tenths.get(0));
    for (Tenth tenth : tenths.subList(1, 10)) {
      assertEquals(2, tenth.rows());
      assertEquals(2 * 3 / 18.0, tenth.positives(), 1e-15);
    }
    assertEquals(1, tenths.get(9).gain(), 1e-15);
  }

  @Test
  void periodsAreWholeHours() {
    List<Period> periods = report().periods();

    assertEquals(
        List.of(
            Instant.EPOCH,
            Instant.parse("1970-01-01T01:00:00Z"),
            Instant.parse("1970-01-01T15:00:00Z")),
        periods.stream().map(Period::from).toList());
    assertEquals(List.of(2, 2, 1), periods.stream().map(Period::rows).toList());
    assertEquals(1.0, periods.get(0).auc());
    assertNull(periods.get(1).auc(), "both rows are of label 1");
    assertNull(periods.get(2).auc());
    assertEquals(0, periods.get(2).rate());
    assertEquals(-Math.log1p(-0.1f), periods.get(2).logLoss(), 1e-7);
  }

  @RepeatedTest(20)
  void thinnedCurvesKeepTheirShape(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    int n = 3000 + random.nextInt(3000);
    float[] labels = new float[n];
    float[] scores = new float[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextInt(3) == 0 ? 1 : 0;
      scores[i] = (float) (random.nextDouble() * 0.7 + labels[i] * 0.3 * random.nextDouble());
    }
    Curves curves = Curves.of(RankedScores.of(labels, scores));

    for (List<CurvePoint> curve : List.of(curves.roc(), curves.precisionRecall())) {
      assertTrue(curve.size() <= Curves.MOST_POINTS, "seed " + seed + ": " + curve.size());
    }
    assertEquals(
        new CurvePoint(1, 1, curves.roc().get(curves.roc().size() - 1).threshold()),
        curves.roc().get(curves.roc().size() - 1));
    // Each point that is kept is one of the definition's.
    for (CurvePoint p : curves.roc().subList(1, curves.roc().size())) {
      assertEquals(naive(labels, scores, p.threshold(), 1), p.y(), "seed " + seed);
      assertEquals(naive(labels, scores, p.threshold(), 0), p.x(), "seed " + seed);
    }
    // And none of the others is far from the line: the area hardly changes.
    assertEquals(Evaluation.auc(labels, scores), trapezoids(curves.roc()), 2e-3, "seed " + seed);
    assertEquals(naiveAveragePrecision(labels, scores), curves.averagePrecision(), 1e-9);
  }

  /** The share of a label's rows that reach the threshold. */
  private static double naive(float[] labels, float[] scores, double threshold, int label) {
    int all = 0;
    int reached = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == label) {
        all++;
        reached += scores[i] >= threshold ? 1 : 0;
      }
    }
    return (double) reached / all;
  }

  private static double trapezoids(List<CurvePoint> curve) {
    double area = 0;
    for (int i = 1; i < curve.size(); i++) {
      area +=
          (curve.get(i).x() - curve.get(i - 1).x()) * (curve.get(i).y() + curve.get(i - 1).y()) / 2;
    }
    return area;
  }

  /** The mean over the 1s of the precision at each one's score. */
  private static double naiveAveragePrecision(float[] labels, float[] scores) {
    double sum = 0;
    int ones = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == 1) {
        int hits = 0;
        int predicted = 0;
        for (int j = 0; j < labels.length; j++) {
          if (scores[j] >= scores[i]) {
            predicted++;
            hits += labels[j] == 1 ? 1 : 0;
          }
        }
        sum += (double) hits / predicted;
        ones++;
      }
    }
    return sum / ones;
  }

  @Test
  void thinningKeepsCornersAndDropsWhatIsOnALine() {
    List<CurvePoint> steps = new java.util.ArrayList<>();
    for (int i = 0; i <= 100; i++) {
      steps.add(new CurvePoint(0, i / 100.0, i));
    }
    for (int i = 1; i <= 100; i++) {
      steps.add(new CurvePoint(i / 100.0, 1, 100 + i));
    }

    assertEquals(List.of(steps.get(0), steps.get(100), steps.get(200)), Thinning.of(steps, 500));
    assertEquals(List.of(steps.get(0), steps.get(100), steps.get(200)), Thinning.of(steps, 3));
  }

  @Test
  void calibrationErrorByHand() {
    // Two bins of two rows: 0.125 against 0.5, and 0.75 against 1.
    assertEquals(
        (0.375 + 0.25) / 2,
        Calibration.of(new float[] {0, 1, 1, 1}, new float[] {0, 0.25f, 0.5f, 1}, 2).error());
  }
}
