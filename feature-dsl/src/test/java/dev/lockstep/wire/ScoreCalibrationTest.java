package dev.lockstep.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.value.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreCalibrationTest {
  private static final long SEED = 20_261_130;
  private static final ModelManifest MANIFEST =
      new ModelManifest(
          "m",
          "1",
          "set",
          "ab12",
          "plan",
          List.of(new ModelManifest.Feature("x", ValueType.DOUBLE)),
          "label",
          0.5,
          Instant.EPOCH,
          Instant.EPOCH,
          1,
          Map.of());

  @Test
  void valuesWorkedOutByHand() {
    ScoreCalibration half = new ScoreCalibration(0.5, -1);
    assertEquals(0.5f, half.score(2)); // 0.5 * 2 - 1 = 0
    assertEquals((float) 0.2689414213699951, half.score(0)); // 1 / (1 + e)
    assertEquals((float) 0.7310585786300049, half.score(4));
    assertEquals(1, half.score(1e30f));
    assertEquals(0, half.score(-1e30f));
  }

  @Test
  void neverFallsAsTheMarginRises() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      ScoreCalibration curve =
          new ScoreCalibration(Math.exp(3 * random.nextGaussian()), 5 * random.nextGaussian());
      float margin = (float) (10 * random.nextGaussian());
      float next = Math.nextUp(margin);
      assertTrue(curve.score(margin) <= curve.score(next), curve + " at " + margin);
    }
  }

  @Test
  void theNumbersAreKeptToTheBitAsText() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      double slope = Double.longBitsToDouble(random.nextLong() >>> 1);
      double intercept = Double.longBitsToDouble(random.nextLong());
      if (!(slope > 0 && Double.isFinite(slope) && Double.isFinite(intercept))) {
        continue;
      }
      ScoreCalibration curve = new ScoreCalibration(slope, intercept);
      ModelManifest read = ModelManifest.fromBytes(MANIFEST.withCalibration(curve).toBytes());
      assertEquals(curve, read.calibration(), () -> new BigDecimal(slope) + ", seed " + SEED);
    }
  }

  @Test
  void curvesThatDontRiseAreRefused() {
    for (double slope : new double[] {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new ScoreCalibration(slope, 0));
    }
    assertThrows(IllegalArgumentException.class, () -> new ScoreCalibration(1, Double.NaN));
  }
}
