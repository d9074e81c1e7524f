package dev.lockstep.training.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.training.evaluate.Evaluation;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One column's AUC against hand-counted pairs, and against the evaluation of models. */
class SeparationTest {
  private static final double NULL = Double.NaN;

  @Test
  void countsPairsByHand() {
    // Ones: 3, 2. Zeros: 1, 2. Pairs won: 3>1, 3>2, 2>1; 2=2 is half: 3.5 of 4.
    Separation separation = Separation.of(new double[] {1, 3, 2, 2}, new double[] {0, 1, 1, 0});
    assertEquals(3.5 / 4, separation.auc());
    assertEquals(0.5, separation.nullAuc());
  }

  @Test
  void nullsStandWhereTheyTellMost() {
    // One: 5 and null; zeros: 1, 9. Below all the null wins 0, between them 1, above all 2:
    // with 5's one pair 3 of 4.
    Separation up = Separation.of(new double[] {5, NULL, 1, 9}, new double[] {1, 1, 0, 0});
    assertEquals(0.75, up.auc());
    // Being null: one of two ones, no zero.
    assertEquals(0.75, up.nullAuc());
  }

  @Test
  void fallingColumnsAreUnderOneHalf() {
    Separation down = Separation.of(new double[] {1, 2, 3, NULL}, new double[] {1, 1, 0, 0});
    assertEquals(0, down.auc());
    assertEquals(1, down.strength());
    assertEquals(0.25, down.nullAuc());
  }

  @Test
  void rowsWithoutLabelDontCount() {
    Separation separation =
        Separation.of(new double[] {1, 2, 100, -100}, new double[] {0, 1, NULL, NULL});
    assertEquals(1, separation.auc());
  }

  @Test
  void oneLabelAloneTellsNothing() {
    assertTrue(Double.isNaN(Separation.of(new double[] {1, 2}, new double[] {1, 1}).auc()));
    assertTrue(Double.isNaN(Separation.of(new double[0], new double[0]).auc()));
  }

  @Test
  void agreesWithTheEvaluationOfModels() {
    long seed = 20261125;
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int n = 2 + random.nextInt(300);
      float[] scores = new float[n];
      float[] labels = new float[n];
      double[] values = new double[n];
      double[] doubles = new double[n];
      for (int i = 0; i < n; i++) {
        labels[i] = i < 2 ? i : random.nextInt(2);
        scores[i] = random.nextInt(20) / 4f - 2 + labels[i] * random.nextInt(3);
        values[i] = scores[i];
        doubles[i] = labels[i];
      }
      assertEquals(
          Evaluation.auc(labels, scores),
          Separation.of(values, doubles).auc(),
          "seed " + seed + ", round " + round);
    }
  }

  @Test
  void withNullsItIsTheBestEvaluationOverAllTheirPlaces() {
    long seed = 7;
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int n = 40;
      double[] values = new double[n];
      double[] labels = new double[n];
      float[] floats = new float[n];
      for (int i = 0; i < n; i++) {
        labels[i] = i < 2 ? i : random.nextInt(2);
        floats[i] = (float) labels[i];
        values[i] = random.nextInt(4) == 0 ? NULL : random.nextInt(6);
      }
      double farthest = 0;
      for (double place = -0.5; place <= 6; place++) {
        float[] scores = new float[n];
        for (int i = 0; i < n; i++) {
          scores[i] = (float) (Double.isNaN(values[i]) ? place : values[i]);
        }
        farthest = Math.max(farthest, Math.abs(Evaluation.auc(floats, scores) - 0.5));
      }
      double found = Math.abs(Separation.of(values, labels).auc() - 0.5);
      assertEquals(farthest, found, 1e-12, "seed " + seed + ", round " + round);
    }
  }
}
