package dev.lockstep.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void comparesWhatWasPredictedWithWhatCame() {
    Calibration calibration =
        Calibration.of(new float[] {0, 1, 1, 1}, new float[] {0.0f, 0.25f, 0.5f, 1.0f}, 2);

    assertEquals(
        List.of(
            new Calibration.Bin(0, 0.5, 2, 0.125, 0.5), new Calibration.Bin(0.5, 1, 2, 0.75, 1)),
        calibration.bins());
    assertEquals(
        "scores 0.0 to 0.5:        2 rows, predicted  12.5 %, came  50.0 %"
            + System.lineSeparator()
            + "scores 0.5 to 1.0:        2 rows, predicted  75.0 %, came 100.0 %",
        calibration.summary());
  }

  @Test
  void leavesOutBinsWithoutRows() {
    assertEquals(
        List.of(new Calibration.Bin(0.75, 1, 1, 0.75, 0)),
        Calibration.of(new float[1], new float[] {0.75f}, 4).bins());
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
