package dev.lockstep.beam.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelDelaysTest {
  private static final long SEED = 20_261_130;
  private static final long SECOND = 1_000_000;

  private static OptionalLong quantile(double share, long... delays) {
    Map<String, Long> counts = new HashMap<>(Map.of("rows/a", 7L, "late/a", 3L));
    for (long delay : delays) {
      counts.merge(LabelDelays.name(delay) + "/a", 1L, Long::sum);
    }
    return LabelDelays.quantile(counts, share);
  }

  @Test
  void bucketsByHand() {
    assertEquals("labelDelay.000", LabelDelays.name(-5));
    assertEquals("labelDelay.000", LabelDelays.name(SECOND));
    assertEquals("labelDelay.001", LabelDelays.name(SECOND + 1));
    assertEquals("labelDelay.001", LabelDelays.name(SECOND * 5 / 4));
    assertEquals("labelDelay.004", LabelDelays.name(2 * SECOND));
    assertEquals("labelDelay.005", LabelDelays.name(2 * SECOND + 1)); // up to 2.5 s
    assertEquals("labelDelay.159", LabelDelays.name(Long.MAX_VALUE));
    assertEquals(OptionalLong.empty(), quantile(0.999));
    assertEquals(OptionalLong.of(SECOND), quantile(0.5, 0, 3 * SECOND));
    assertEquals(OptionalLong.of(3 * SECOND), quantile(0.51, 0, 3 * SECOND));
  }

  @Test
  void theQuantileIsKeptToAndAtMostAQuarterTooLong() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      long[] delays = new long[1 + random.nextInt(3_000)];
      for (int i = 0; i < delays.length; i++) {
        delays[i] = (long) (SECOND * Math.exp(8 + 3 * random.nextGaussian()));
      }
      long found = quantile(0.999, delays).orElseThrow();
      Arrays.sort(delays);
      long exact = delays[(int) Math.ceil(0.999 * delays.length) - 1];
      assertTrue(found >= exact && found <= Math.max(SECOND, exact * 5 / 4 + 1), "seed " + SEED);
    }
  }
}
