package dev.lockstep.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
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

  @Test
  void aBetterModelIsSurelyBetter() {
    Comparison.Figures f =
        Comparison.measure(labels(2000), scores(2000, 0.4, 1), scores(2000, 0.2, 2), 0.5);

    assertTrue(f.auc().value() > 0.05, f.auc().toString());
    assertTrue(f.auc().low() < f.auc().value() && f.auc().value() < f.auc().high());
    assertTrue(f.auc().isSure());
    assertTrue(f.logLoss().value() < 0 && f.logLoss().isSure(), f.logLoss().toString());
    assertEquals(
        f, Comparison.measure(labels(2000), scores(2000, 0.4, 1), scores(2000, 0.2, 2), 0.5));
  }

  @Test
  void modelsAlikeDifferByNothing() {
    float[] same = scores(500, 0.3, 3);
    Comparison.Figures f = Comparison.measure(labels(500), same, same, 0.5);

    assertEquals(new Difference(0, 0, 0), f.auc());
    assertEquals(new Difference(0, 0, 0), f.logLoss());
    assertFalse(f.auc().isSure());
  }

  /** Of 40 pairs of equally good models, the interval misses 0 about twice; 8 would be a fault. */
  @Test
  void intervalsCoverWhatIsTrue() {
    int sure = 0;
    for (int seed = 0; seed < 40; seed++) {
      Comparison.Figures f =
          Comparison.measure(
              labels(400), scores(400, 0.3, 100 + seed), scores(400, 0.3, 200 + seed), 0.5);
      sure += f.auc().isSure() ? 1 : 0;
    }
    assertTrue(sure < 8, sure + " of 40 are sure");
  }

  @RepeatedTest(10)
  void weightedAucIsThatOfTheRowsRepeated(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    int n = 50;
    float[] labels = labels(n);
    float[] scores = new float[n];
    int[] times = new int[n];
    int all = 0;
    for (int i = 0; i < n; i++) {
      scores[i] = random.nextInt(12) / 12f; // ties
      times[i] = random.nextInt(4);
      all += times[i];
    }
    float[] repeatedLabels = new float[all];
    float[] repeatedScores = new float[all];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int t = 0; t < times[i]; t++) {
        repeatedLabels[at] = labels[i];
        repeatedScores[at++] = scores[i];
      }
    }

    assertEquals(
        Evaluation.auc(repeatedLabels, repeatedScores),
        Ranking.of(scores).auc(labels, times),
        1e-12,
        "seed " + seed);
  }

  @Test
  void saysItForPeople() {
    float[] labels = labels(200);
    ScoreReport own = ScoreReport.of(0.5, labels, scores(200, 0.5, 7), new long[200]);
    Comparison comparison =
        new Comparison(
            "fraud 12ab",
            List.of("it is of another plan"),
            Comparison.measure(labels, scores(200, 0.5, 7), scores(200, 0.1, 8), 0.5));

    List<String> lines = comparison.summary(own).lines().toList();

    assertEquals("compared with fraud 12ab", lines.get(0));
    assertTrue(
        lines.get(1).matches("  AUC +[01]\\.\\d{4}, was 0\\.\\d{4}: \\+0\\.\\d{4} \\(95 %: .*"),
        lines.get(1));
    assertEquals("  note: it is of another plan", lines.get(4));
  }
}
