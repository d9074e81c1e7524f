package dev.lockstep.benchmarks.peer;

/**
 * The events that a longest window may hold, by a number that counts up: a ring that doubles when
 * it is full.
 */
final class RecentEvents {
  long[] times = new long[1 << 10];
  long[] amounts = new long[1 << 10];
  private long begin;
  private long end;

  void add(long time, long amount) {
    if (end - begin == times.length) {
      grow();
    }
    int slot = slot(end++);
    times[slot] = time;
    amounts[slot] = amount;
  }

  private void grow() {
    long[] newTimes = new long[times.length * 2];
    long[] newAmounts = new long[times.length * 2];
    for (long i = begin; i < end; i++) {
      int slot = (int) i & (newTimes.length - 1);
      newTimes[slot] = times[slot(i)];
      newAmounts[slot] = amounts[slot(i)];
    }
    times = newTimes;
    amounts = newAmounts;
  }

  /** The events before a number are read no more. */
  void forgetBefore(long number) {
    begin = number;
  }

  /** Behind the last event's number. */
  long end() {
    return end;
  }

  int slot(long number) {
    return (int) number & (times.length - 1);
  }

  long time(long number) {
    return times[slot(number)];
  }

  long amount(long number) {
    return amounts[slot(number)];
  }
}
