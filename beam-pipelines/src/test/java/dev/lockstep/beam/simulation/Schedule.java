package dev.lockstep.beam.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** The choices of one run, all drawn from its seed; and, where asked for, its steps in words. */
final class Schedule {
  private final SplittableRandom random;
  private final boolean isTold;
  private final List<String> steps = new ArrayList<>();
  private long processingMillis = 1_000_000;

  /**
   * @param isTold whether its steps are kept in words
   */
  Schedule(long seed, boolean isTold) {
    this.random = new SplittableRandom(seed);
    this.isTold = isTold;
  }

  /** One of so many, from 0. */
  int pick(int of) {
    return random.nextInt(of);
  }

  boolean oneIn(int of) {
    return random.nextInt(of) == 0;
  }

  /** What orders timers of one time. */
  int tie() {
    return random.nextInt();
  }

  void tell(Supplier<String> step) {
    if (isTold) {
      steps.add(step.get());
    }
  }

  List<String> steps() {
    return steps;
  }

  /** The wall clock of the workers, in milliseconds since any time. */
  long processingMillis() {
    return processingMillis;
  }

  void pass(long millis) {
    processingMillis += millis;
  }
}
