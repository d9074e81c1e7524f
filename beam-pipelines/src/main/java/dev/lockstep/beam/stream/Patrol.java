package dev.lockstep.beam.stream;

/**
 * How often a subtask looks at keys that nothing happens to: every half minute; less often where
 * there are so many that it would do little else.
 *
 * <p>Half of the pause is the same for all and half is the key's own, so that keys that were met at
 * once part.
 */
final class Patrol {
  private static final long LEAST_MILLIS = 30_000;
  private static final int MOST_TIMES = 32;

  /** Beyond that a second and subtask, the pauses become longer. */
  private static final int MOST_VISITS = 2_000;

  private static final long COUNTED_NANOS = 5_000_000_000L;

  private int times = 1;
  private long visits;
  private long countedFrom = System.nanoTime();

  /** Counts a visit; the milliseconds to the key's next one. */
  long next(int keyHash) {
    visits++;
    long now = System.nanoTime();
    if (now - countedFrom >= COUNTED_NANOS) {
      paced(visits * 1_000_000_000L / (now - countedFrom));
      visits = 0;
      countedFrom = now;
    }
    long pause = LEAST_MILLIS * times;
    return pause / 2 + Math.floorMod(keyHash * 0x9E3779B9, (int) (pause / 2));
  }

  /** Takes how many visits a second there were. */
  void paced(long perSecond) {
    if (perSecond > MOST_VISITS) {
      times = Math.min(MOST_TIMES, times * 2);
    } else if (perSecond < MOST_VISITS / 4) {
      times = Math.max(1, times / 2);
    }
  }
}
