package dev.lockstep.benchmarks.load;

import java.util.SplittableRandom;

/**
 * An endless sequence of one entity's events in knowledge order: drawn beforehand and gone through
 * in circles, with times that go on, so that moving to the next costs next to nothing.
 */
public final class Arrivals {
  /** More than the longest window of any load holds. */
  private static final int DRAWN = 1 << 19;

  private static final int MERCHANTS = 1_000;
  private static final int MOST_CENTS = 100_000;
  private static final long START_MICROS = 1_767_225_600_000_000L; // 2026-01-01 UTC

  private final int[] gapMicros = new int[DRAWN];
  private final int[] lateMicros = new int[DRAWN];
  private final int[] cents = new int[DRAWN];
  private final double[] amounts = new double[DRAWN];
  private final int[] merchants = new int[DRAWN];

  private int at = -1;
  private long availableAtMicros = START_MICROS;
  private long sequence;

  public Arrivals(Arriving arriving, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < DRAWN; i++) {
      double gap = -StrictMath.log(1 - random.nextDouble()) * arriving.meanGapMicros();
      gapMicros[i] = (int) Math.min(Integer.MAX_VALUE, 1 + gap);
      if (random.nextDouble() < arriving.lateShare()) {
        lateMicros[i] = (int) random.nextLong(arriving.latestMicros());
      }
      cents[i] = 1 + random.nextInt(MOST_CENTS);
      amounts[i] = cents[i] / 100.0;
      merchants[i] = random.nextInt(MERCHANTS);
    }
  }

  /** Moves to the next event. */
  public void advance() {
    at = (at + 1) & (DRAWN - 1);
    availableAtMicros += gapMicros[at];
    sequence++;
  }

  public long eventTimeMicros() {
    return availableAtMicros - lateMicros[at];
  }

  public long availableAtMicros() {
    return availableAtMicros;
  }

  public long sequence() {
    return sequence;
  }

  public long cents() {
    return cents[at];
  }

  /** The cents as a double with two digits behind the point. */
  public double amount() {
    return amounts[at];
  }

  public long merchant() {
    return merchants[at];
  }
}
