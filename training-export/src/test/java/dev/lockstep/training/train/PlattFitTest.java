package dev.lockstep.training.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.wire.ScoreCalibration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlattFitTest {
  private static final long SEED = 20_261_130;

  private static float[] margins(Random random, int rows) {
    float[] margins = new float[rows];
    for (int i = 0; i < rows; i++) {
      margins[i] = (float) (2 * random.nextGaussian() + 1);
    }
    return margins;
  }

  private static float[] labels(Random random, float[] margins, double slope, double intercept) {
    float[] labels = new float[margins.length];
    for (int i = 0; i < labels.length; i++) {
      double chance = 1 / (1 + Math.exp(-(slope * margins[i] + intercept)));
      labels[i] = random.nextDouble() < chance ? 1 : 0;
    }
    return labels;
  }

  @Test
  void findsTheCurveThatDrewTheLabels() {
    Random random = new Random(SEED);
    for (double[] law : new double[][] {{1, 0}, {0.6, -3}, {2.5, 1}, {1, -6}}) {
      float[] margins = margins(random, 100_000);
      float[] labels = labels(random, margins, law[0], law[1]);
      ScoreCalibration found = PlattFit.of(margins, labels);
      assertEquals(law[0], found.slope(), 0.15 * law[0], found + ", seed " + SEED);
      assertEquals(law[1], found.intercept(), 0.25, found + ", seed " + SEED);
      // At the least loss, scores sum up to what came, but for the two rows that targets add.
      assertEquals(sum(labels), sum(scores(found, margins)), 2);
      assertEquals(found, PlattFit.of(margins, labels), "the same bits again");
    }
  }

  @Test
  void partedLabelsGiveNoCertainty() {
    float[] margins = new float[200];
    float[] labels = new float[200];
    for (int i = 0; i < 200; i++) {
      margins[i] = i < 100 ? -5 - i % 10 : 5 + i % 10;
      labels[i] = i < 100 ? 0 : 1;
    }
    float[] scores = scores(PlattFit.of(margins, labels), margins);
    for (int i = 0; i < 200; i++) {
      assertTrue(scores[i] > 0.0001 && scores[i] < 0.9999, "" + scores[i]);
    }
  }

  @Test
  void marginsThatTellNothingGetTheMean() {
    float[] alike = new float[1_000];
    Arrays.fill(alike, 3);
    float[] labels = labels(new Random(SEED), alike, 0, -1);
    assertEquals(sum(labels), sum(scores(PlattFit.of(alike, labels), alike)), 2);
  }

  @Test
  void marginsThatTellTheWrongWayAreNotTurnedRound() {
    Random random = new Random(SEED);
    float[] margins = margins(random, 10_000);
    float[] labels = labels(random, margins, -1, 0);
    ScoreCalibration found = PlattFit.of(margins, labels);
    assertEquals(1, found.slope());
    assertEquals(sum(labels), sum(scores(found, margins)), 2);
  }

  private static float[] scores(ScoreCalibration curve, float[] margins) {
    float[] scores = new float[margins.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = curve.score(margins[i]);
    }
    return scores;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
