package dev.lockstep.benchmarks.peer;

import dev.lockstep.benchmarks.load.Views;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;

/**
 * A pair of stacks for each window: one of running results over the older events, from each to the
 * last of them, and one result over the newer. When the older are used up, all events become older.
 *
 * <p>The usual algorithm for windows of which nothing can be subtracted, constant amortised; see
 * Tangwongsan, Hirzel, Schneider, "Low-latency sliding-window aggregation in worst-case constant
 * time" (DEBS 2017), which calls it Two-Stacks. Events must come in order. The events themselves
 * are shared by the windows.
 */
final class TwoStacksKernel implements RequestKernel {
  private final RecentEvents events = new RecentEvents();
  private final Values out = PeerResults.empty();
  private final WindowStacks[] windows =
      Views.COMMON_WINDOWS.stream()
          .map(length -> new WindowStacks(Micros.of(length)))
          .toArray(WindowStacks[]::new);

  @Override
  public void add(long eventTimeMicros, long amount) {
    events.add(eventTimeMicros, amount);
    for (WindowStacks window : windows) {
      window.take(amount);
      window.moveTo(eventTimeMicros);
    }
    events.forgetBefore(windows[windows.length - 1].begin); // The longest is the last.
  }

  @Override
  public Values answer(long eventTimeMicros, long amount) {
    add(eventTimeMicros, amount);
    int column = 0;
    for (WindowStacks window : windows) {
      window.write(column);
      column += PeerResults.PER_WINDOW;
    }
    return out;
  }

  private final class WindowStacks {
    private final long lengthMicros;
    private long[] sums = new long[0];
    private long[] leasts = new long[0];
    private long[] greatests = new long[0];

    /** The number of the event whose running result is first in the arrays. */
    private long base;

    private long begin;

    /** Behind the last of the older events. */
    private long middle;

    private long newerSum;
    private long newerLeast = Long.MAX_VALUE;
    private long newerGreatest = Long.MIN_VALUE;

    WindowStacks(long lengthMicros) {
      this.lengthMicros = lengthMicros;
    }

    void take(long amount) {
      newerSum += amount;
      newerLeast = Math.min(newerLeast, amount);
      newerGreatest = Math.max(newerGreatest, amount);
    }

    void moveTo(long now) {
      long after = now - lengthMicros;
      while (events.time(begin) <= after) {
        if (begin == middle) {
          turnOver();
        }
        begin++;
      }
    }

    private void turnOver() {
      base = begin;
      middle = events.end();
      int count = (int) (middle - base);
      if (sums.length < count) {
        int capacity = count + count / 2;
        sums = new long[capacity];
        leasts = new long[capacity];
        greatests = new long[capacity];
      }
      long sum = 0;
      long least = Long.MAX_VALUE;
      long greatest = Long.MIN_VALUE;
      for (int i = count - 1; i >= 0; i--) {
        long amount = events.amount(base + i);
        sum += amount;
        least = Math.min(least, amount);
        greatest = Math.max(greatest, amount);
        sums[i] = sum;
        leasts[i] = least;
        greatests[i] = greatest;
      }
      newerSum = 0;
      newerLeast = Long.MAX_VALUE;
      newerGreatest = Long.MIN_VALUE;
    }

    void write(int column) {
      long sum = newerSum;
      long least = newerLeast;
      long greatest = newerGreatest;
      if (begin < middle) {
        int i = (int) (begin - base);
        sum += sums[i];
        least = Math.min(least, leasts[i]);
        greatest = Math.max(greatest, greatests[i]);
      }
      PeerResults.write(out, column, events.end() - begin, sum, least, greatest);
    }
  }
}
