package dev.lockstep.benchmarks.peer;

import dev.lockstep.value.Values;

/**
 * Something that answers the common task: count, sum, min, max and avg of integers over each of
 * {@link dev.lockstep.benchmarks.load.Views#COMMON_WINDOWS}, events in order of event time.
 */
public interface RequestKernel {

  /** Takes in an event that nobody asks about. */
  void add(long eventTimeMicros, long amount);

  /**
   * Takes in an event and answers it as a request, its own event included.
   *
   * @return for each window count, sum, min, max and avg; valid until the next call
   */
  Values answer(long eventTimeMicros, long amount);
}
