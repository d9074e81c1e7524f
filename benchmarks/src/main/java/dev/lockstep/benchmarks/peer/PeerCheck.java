package dev.lockstep.benchmarks.peer;

import dev.lockstep.benchmarks.load.Arrivals;
import dev.lockstep.value.Values;

/** The check that all peers give the same answers: figures of different results mean nothing. */
public final class PeerCheck {
  private static final int EVERY_OF_FIRST = 3_000;
  private static final int THEN_ONE_IN = 500;

  private PeerCheck() {}

  /**
   * Compares the answers to each of the first events and to one in 500 later.
   *
   * @throws IllegalStateException if two differ in a bit, with both
   */
  public static void check(Arrivals arrivals, int events) {
    RequestKernel ours = Peer.OURS.kernel();
    RequestKernel twoStacks = Peer.TWO_STACKS.kernel();
    RequestKernel rescan = Peer.RESCAN.kernel();
    for (int i = 0; i < events; i++) {
      arrivals.advance();
      long time = arrivals.eventTimeMicros();
      long amount = arrivals.cents();
      if (i >= EVERY_OF_FIRST && i % THEN_ONE_IN != 0) {
        ours.add(time, amount);
        twoStacks.add(time, amount);
        rescan.add(time, amount);
        continue;
      }
      Values expected = rescan.answer(time, amount);
      requireSame(i, Peer.OURS, ours.answer(time, amount), expected);
      requireSame(i, Peer.TWO_STACKS, twoStacks.answer(time, amount), expected);
    }
  }

  private static void requireSame(int event, Peer peer, Values actual, Values expected) {
    if (!actual.equals(expected)) {
      throw new IllegalStateException(
          "event " + event + ": " + peer + " answers " + actual + ", RESCAN " + expected);
    }
  }
}
