package dev.lockstep.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void comparesWhatWasPredictedWithWhatCame() {
    Calibration calibration =
        Calibration.of(new float[] {0, 1, 1, 1}, new float[] {0.0f, 0.25f, 0.5f, 1.0f}, 2);

    assertEquals(
        List.of(Calibration.Bin.of(0, 0.25, 2, 0.125, 1), Calibration.Bin.of(0.5, 1, 2, 0.75, 2)),
        calibration.bins());
    assertEquals(
        "scores 0.0000 to 0.2500:        2 rows, predicted  12.5 %, came  50.0 % (95 %: 9.5 to"
            + " 90.5)"
            + System.lineSeparator()
            + "scores 0.5000 to 1.0000:        2 rows, predicted  75.0 %, came 100.0 % (95 %: 34.2"
            + " to 100.0)",
        calibration.summary());
  }

  /** E. B. Wilson's interval for 15 of 148, as published by R. Newcombe (1998): 0.0624, 0.1605. */
  @Test
  void intervalsAreWilsons() {
    Calibration.Bin bin = Calibration.Bin.of(0, 1, 148, 0.1, 15);

    assertEquals(0.0624, bin.low(), 5e-5);
    assertEquals(0.1605, bin.high(), 5e-5);
    assertTrue(bin.isWithin());
    assertEquals(0, Calibration.Bin.of(0, 1, 20, 0.1, 0).low());
    assertEquals(0.1611, Calibration.Bin.of(0, 1, 20, 0.1, 0).high(), 5e-5);
  }

  @Test
  void binsHaveEquallyManyRowsHoweverScoresAreSpread() {
    float[] scores = new float[1000];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i % 2 == 0 ? i * 1e-6f : i * 1e-3f;
    }

    List<Calibration.Bin> bins = Calibration.of(new float[1000], scores, 10).bins();

    assertEquals(10, bins.size());
    assertTrue(bins.stream().allMatch(b -> b.rows() == 100), bins.toString());
  }

  @Test
  void rowsOfOneScoreAreNeverApart() {
    assertEquals(
        List.of(Calibration.Bin.of(0.75, 0.75, 3, 0.75, 1)),
        Calibration.of(new float[] {0, 1, 0}, new float[] {0.75f, 0.75f, 0.75f}, 4).bins());
    assertEquals(
        List.of(3, 1),
        Calibration.of(new float[4], new float[] {0.5f, 0.1f, 0.1f, 0.1f}, 2).bins().stream()
            .map(Calibration.Bin::rows)
            .toList());
  }

  @Test
  void refusesWhatIsNoProbability() {
    for (float score : new float[] {-0.1f, 1.5f, Float.NaN}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Calibration.of(new float[1], new float[] {score}, 10));
    }
  }
}
