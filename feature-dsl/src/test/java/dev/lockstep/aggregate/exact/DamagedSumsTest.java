package dev.lockstep.aggregate.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What fuzzing found in the exact sums' bytes: some that no sum, mean or moments have. */
class DamagedSumsTest {
  /** The outermost bits that doubles can set, at both ends. */
  @Test
  void theWidestSumsAreRead() {
    DoubleMoments widest = new DoubleMoments();
    for (int i = 0; i < 1_000; i++) {
      widest.add(-Double.MAX_VALUE);
    }
    widest.add(Double.MIN_VALUE);
    byte[] bytes = widest.toBytes();
    assertEquals(Arrays.toString(bytes), Arrays.toString(DoubleMoments.fromBytes(bytes).toBytes()));
  }

  @Test
  void noValuesHaveNoSum() {
    String reason = "a sum of no values that isn't zero";
    assertRefused(reason, () -> LongMean.fromBytes(0, new byte[] {0, 1, 5}));
    assertRefused(reason, () -> DoubleMean.fromBytes(new byte[] {0, 3, 0, 0, 5}));
    assertRefused(reason, () -> LongMoments.fromBytes(0, new byte[] {0, 0, 5}));
    assertRefused(reason, () -> DoubleMoments.fromBytes(new byte[] {0, 0, 0, 0, 5}));
  }

  /** The squares of two numbers with sum 4 have at least the sum 8: else the variance is < 0. */
  @Test
  void squaresAreNotTooSmallForTheirSum() {
    String reason = "squares too small for their sum";
    assertEquals(0.0, LongMoments.fromBytes(0, new byte[] {2, 1, 4, 8}).populationVariance());
    assertRefused(reason, () -> LongMoments.fromBytes(0, new byte[] {2, 1, 4, 7}));
    DoubleMoments twos = new DoubleMoments();
    twos.add(2);
    twos.add(2);
    byte[] bytes = twos.toBytes();
    assertEquals(0.0, DoubleMoments.fromBytes(bytes).populationVariance());
    bytes[bytes.length - 2]--; // the squares' exponent
    assertRefused(reason, () -> DoubleMoments.fromBytes(bytes));
  }

  private static void assertRefused(String reason, Executable read) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, read);
    assertTrue(e.getMessage().startsWith(reason), () -> e.getMessage());
  }
}
