package dev.lockstep.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  /** The definition: over all pairs of a 1 and a 0, won by the 1 counts one, tied a half. */
  private static double naiveAuc(float[] labels, float[] scores) {
    double won = 0;
    long pairs = 0;
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < labels.length; j++) {
        if (labels[i] == 1 && labels[j] == 0) {
          pairs++;
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return won / pairs; // halves are exact, so there is one rounding here too
  }

  private static double naiveF1(float[] labels, float[] scores, double threshold) {
    int hits = 0;
    int predicted = 0;
    int ones = 0;
    for (int i = 0; i < labels.length; i++) {
      ones += labels[i] == 1 ? 1 : 0;
      predicted += scores[i] >= threshold ? 1 : 0;
      hits += scores[i] >= threshold && labels[i] == 1 ? 1 : 0;
    }
    return 2.0 * hits / (predicted + ones);
  }

  @RepeatedTest(30)
  void agreesWithTheDefinitionsToTheBit(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    int n = 2 + random.nextInt(300);
    int distinct = 1 + random.nextInt(60); // few: ties
    float[] labels = new float[n];
    float[] scores = new float[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextInt(4) == 0 ? 1 : 0;
      scores[i] = (random.nextInt(distinct) - distinct / 2) / 7f;
      if (scores[i] == 0 && random.nextBoolean()) {
        scores[i] = -0.0f;
      }
    }
    labels[0] = 1;
    labels[1] = 0;

    assertEquals(naiveAuc(labels, scores), Evaluation.auc(labels, scores), "seed " + seed);

    double best = Evaluation.bestThreshold(labels, scores);
    for (float score : scores) {
      assertTrue(
          naiveF1(labels, scores, score) <= naiveF1(labels, scores, best),
          () -> "seed " + seed + ": " + score + " is better than " + best);
    }
  }

  @Test
  void takesTheHighestOfEquallyGoodThresholds() {
    // F1 is 2/3 from 0.9 on (1 of 1, of 2) and from 0.1 on (2 of 4, of 2).
    assertEquals(
        0.9f, Evaluation.bestThreshold(new float[] {1, 0, 0, 1}, new float[] {.9f, .6f, .4f, .1f}));
  }

  @Test
  void countsAtTheThreshold() {
    Evaluation e =
        Evaluation.at(
            0.5, new float[] {1, 1, 1, 0, 0}, new float[] {0.8f, 0.5f, 0.25f, 0.75f, 0.25f});

    assertEquals(5, e.rows());
    assertEquals(3, e.positives());
    assertEquals(3, e.predicted());
    assertEquals(2.0 / 3, e.precision());
    assertEquals(2.0 / 3, e.recall());
    assertEquals(2.0 / 3, e.f1(), 1e-15);
    // Pairs: 0.8 wins 2, 0.5 wins 1, 0.25 ties 1.
    assertEquals(3.5 / 6, e.auc());
    double expected =
        -(Math.log(0.8f) + Math.log(0.5) + Math.log(0.25) + Math.log(0.25) + Math.log(0.75)) / 5;
    assertEquals(expected, e.logLoss(), 1e-14);
  }

  @Test
  void staysFiniteWhereACertainScoreIsWrong() {
    Evaluation e = Evaluation.at(0.5, new float[] {1, 0}, new float[] {0, 1});

    assertEquals(-Math.log(1e-7), e.logLoss(), 1e-6);
    assertEquals(0, e.auc());
    assertEquals(0, e.precision());
    assertEquals(0, e.f1());
  }

  @Test
  void predictsNothingAboveAllScores() {
    Evaluation e = Evaluation.at(2, new float[] {1, 0}, new float[] {0.9f, 0.1f});

    assertEquals(0, e.predicted());
    assertEquals(0, e.precision());
    assertEquals(0, e.recall());
  }

  @Test
  void saysItForPeople() {
    assertEquals(
        "AUC 1.0000, log loss 0.1054 over 2 rows, 50.00 % of them 1"
            + System.lineSeparator()
            + "at 0.9000: 1 rows predicted, precision 100.0 %, recall 100.0 %, F1 1.000",
        Evaluation.atBestThreshold(new float[] {1, 0}, new float[] {0.9f, 0.1f}).summary());
  }

  @Test
  void refusesWhatHasNoAuc() {
    assertRefused("both labels must occur: 2 of 2 rows are 1", new float[] {1, 1}, new float[2]);
    assertRefused("both labels must occur: 0 of 0 rows are 1", new float[0], new float[0]);
    assertRefused("2 labels for 1 scores", new float[] {1, 0}, new float[1]);
    assertRefused("label 2.0 of row 1 isn't 0 or 1", new float[] {1, 2}, new float[2]);
    assertRefused("the score of row 0 is NaN", new float[] {1, 0}, new float[] {Float.NaN, 0});
  }

  private static void assertRefused(String message, float[] labels, float[] scores) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Evaluation.auc(labels, scores))
            .getMessage());
  }
}
