package dev.lockstep.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Its error over many sizes, and that hashes leave without a trace. */
class HyperLogLogTest {
  private static final long SEED = 20_261_122;

  /** 1.04 / sqrt(4096). */
  private static final double STANDARD_ERROR = 0.01625;

  @Test
  void theErrorIsAsStated() {
    int hashes = 0;
    double squares = 0;
    int sizes = 0;
    SplittableRandom random = new SplittableRandom(SEED);
    for (int sample = 0; sample < 8; sample++) {
      HyperLogLog registers = new HyperLogLog();
      hashes = 0;
      for (int size = 500; size <= 256_000; size *= 2) {
        for (; hashes < size; hashes++) {
          registers.add(random.nextLong());
        }
        double error = (registers.estimate() - size) / (double) size;
        int n = size;
        assertTrue(Math.abs(error) < 4 * STANDARD_ERROR, () -> n + ": " + error + ", seed " + SEED);
        squares += error * error;
        sizes++;
      }
    }
    assertTrue(Math.sqrt(squares / sizes) < 1.2 * STANDARD_ERROR);
  }

  @Test
  void fewAreCountedExactly() {
    HyperLogLog registers = new HyperLogLog();
    SplittableRandom random = new SplittableRandom(SEED);
    assertEquals(0, registers.estimate());
    for (int n = 1; n <= 20; n++) {
      registers.add(random.nextLong());
      assertEquals(n, registers.estimate(), () -> "seed " + SEED);
    }
  }

  @Test
  void hashesLeaveWithoutATrace() {
    HyperLogLog registers = new HyperLogLog();
    long[] estimates = new long[40];
    SplittableRandom in = new SplittableRandom(SEED);
    for (int step = 0; step < estimates.length; step++) {
      estimates[step] = registers.estimate();
      add(registers, in, 997);
    }
    for (int step = estimates.length - 1; step >= 0; step--) {
      SplittableRandom out = new SplittableRandom(SEED);
      for (int before = 0; before < step * 997; before++) {
        out.nextLong();
      }
      for (int i = 0; i < 997; i++) {
        registers.remove(out.nextLong());
      }
      assertEquals(estimates[step], registers.estimate(), () -> "seed " + SEED);
    }
  }

  private static void add(HyperLogLog registers, SplittableRandom random, int count) {
    for (int i = 0; i < count; i++) {
      registers.add(random.nextLong());
    }
  }

  @Test
  void theOutermostRanks() {
    HyperLogLog registers = new HyperLogLog();
    registers.add(0); // register 0, rank 53
    registers.add(-1L); // register 4095, rank 1
    registers.add(1); // register 0, rank 52
    assertEquals(2, registers.estimate());
    registers.remove(0);
    registers.remove(1);
    registers.remove(-1L);
    assertEquals(0, registers.estimate());
  }
}
