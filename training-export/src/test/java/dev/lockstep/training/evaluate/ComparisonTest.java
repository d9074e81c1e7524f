package dev.lockstep.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  /** Scores that tell labels apart the better the greater the signal; labels are alternating. */
  private static float[] scores(int n, double signal, long seed) {
    Random random = new Random(seed);
    float[] scores = new float[n];
    for (int i = 0; i < n; i++) {
      scores[i] = (float) (random.nextDouble() * (1 - signal) + (i % 2) * signal);
    }
    return scores;
  }

  private static float[] labels(int n) {
    float[] labels = new float[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 2;
    }
    return labels;
  }

  /** One row an hour. */
  private static TestRows rows(int n) {
    long[] times = new long[n];
    Arrays.setAll(times, i -> i * 3_600_000_000L);
    return new TestRows(labels(n), times, List.of());
  }

  private static Comparison.Figures measure(int n, float[] scores, float[] others) {
    return Comparison.measure(rows(n), scores, others, 0.5);
  }

  @Test
  void aBetterModelIsSurelyBetter() {
    Comparison.Figures f = measure(2000, scores(2000, 0.4, 1), scores(2000, 0.2, 2));
    Estimate auc = f.differences().auc();

    assertTrue(auc.value() > 0.05, auc.toString());
    assertTrue(auc.low() < auc.value() && auc.value() < auc.high());
    assertTrue(auc.isSure());
    assertEquals("day", auc.by());
    Estimate loss = f.differences().logLoss();
    assertTrue(loss.value() < 0 && loss.isSure(), loss.toString());
    assertEquals(Verdict.Kind.BETTER, f.verdict().kind());
    assertEquals(f, measure(2000, scores(2000, 0.4, 1), scores(2000, 0.2, 2)));
  }

  @Test
  void modelsAlikeDifferByNothing() {
    float[] same = scores(500, 0.3, 3);
    Comparison.Figures f = measure(500, same, same);

    assertEquals(new Estimate(0, 0, 0, "day"), f.differences().auc());
    assertEquals(new Estimate(0, 0, 0, "day"), f.differences().logLoss());
    assertFalse(f.differences().auc().isSure());
    assertEquals("No clear difference", f.verdict().title());
  }

  /** The same order, so the same AUC; but scores far too sure of themselves. */
  @Test
  void aModelOfManyTimesTheLogLossIsWorse() {
    int n = 2000;
    float[] good = scores(n, 0.2, 4);
    float[] bad = new float[n];
    for (int i = 0; i < n; i++) {
      good[i] = 0.25f + good[i] / 2; // no score so near to 1 that a float can't tell it apart
      bad[i] = (float) (1 / (1 + Math.pow(1 / (double) good[i] - 1, 14)));
    }
    Comparison.Figures f = measure(n, bad, good);
    ScoreReport own = ScoreReport.of(0.5, rows(n), bad);

    assertTrue(own.quality().logLoss() > 2.5 * f.others().logLoss(), own.quality().toString());
    assertFalse(f.differences().auc().isSure(), f.toString());
    assertEquals(
        new Verdict(
            Verdict.Kind.WORSE,
            "Worse than the previous model",
            "On the test rows its log loss is higher, its scores mean what they say worse: think"
                + " before putting it into use."),
        f.verdict());
    assertTrue(own.uncertainty().slope().high() < 0.5, own.uncertainty().toString());
  }

  @Test
  void aModelMayBeBetterAtOneAndWorseAtAnother() {
    int n = 2000;
    float[] sharp = scores(n, 0.5, 5);
    for (int i = 0; i < n; i++) {
      sharp[i] /= 1000;
    }
    Comparison.Figures f = measure(n, sharp, scores(n, 0.2, 6));

    assertEquals(Verdict.Kind.MIXED, f.verdict().kind(), f.toString());
    assertEquals("Better at one, worse at another than the previous model", f.verdict().title());
    assertTrue(
        f.verdict().text().startsWith("On the test rows it tells the labels apart better; but"),
        f.verdict().text());
  }

  /** Of 40 pairs of equally good models, the interval misses 0 about twice; 8 would be a fault. */
  @Test
  void intervalsCoverWhatIsTrue() {
    int sure = 0;
    for (int seed = 0; seed < 40; seed++) {
      Comparison.Figures f =
          measure(400, scores(400, 0.3, 100 + seed), scores(400, 0.3, 200 + seed));
      sure += f.differences().auc().isSure() ? 1 : 0;
    }
    assertTrue(sure < 8, sure + " of 40 are sure");
  }

  @Test
  void saysItForPeople() {
    ScoreReport own = ScoreReport.of(0.5, rows(500), scores(500, 0.5, 7));
    Comparison comparison =
        new Comparison(
            "fraud 12ab",
            List.of("it is of another plan"),
            measure(500, scores(500, 0.5, 7), scores(500, 0.1, 8)));

    List<String> lines = comparison.summary(own).lines().toList();

    assertEquals("compared with fraud 12ab", lines.get(0));
    assertTrue(
        lines.get(1).startsWith("  Better than the previous model. On the test"), lines.get(1));
    assertTrue(
        lines
            .get(2)
            .matches(
                "  AUC +[01]\\.\\d{4}, was 0\\.\\d{4}: \\+0\\.\\d{4} \\(95 %: \\+0\\.\\d{4} to"
                    + " \\+0\\.\\d{4}, by day\\)"),
        lines.get(2));
    assertTrue(lines.get(5).startsWith("  calibration error "), lines.get(5));
    assertEquals("  note: it is of another plan", lines.get(6));
  }
}
