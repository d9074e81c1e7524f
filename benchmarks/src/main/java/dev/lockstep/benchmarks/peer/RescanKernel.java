package dev.lockstep.benchmarks.peer;

import dev.lockstep.benchmarks.load.Views;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;

/** Each request reads the rows of each window again, from arrays of longs. */
final class RescanKernel implements RequestKernel {
  private final RecentEvents events = new RecentEvents();
  private final Values out = PeerResults.empty();
  private final long[] lengthMicros = Views.COMMON_WINDOWS.stream().mapToLong(Micros::of).toArray();
  private final long[] begins = new long[lengthMicros.length];

  @Override
  public void add(long eventTimeMicros, long amount) {
    events.add(eventTimeMicros, amount);
    for (int window = 0; window < begins.length; window++) {
      long begin = begins[window];
      while (events.time(begin) <= eventTimeMicros - lengthMicros[window]) {
        begin++;
      }
      begins[window] = begin;
    }
    events.forgetBefore(begins[begins.length - 1]); // The longest is the last.
  }

  @Override
  public Values answer(long eventTimeMicros, long amount) {
    add(eventTimeMicros, amount);
    for (int window = 0; window < begins.length; window++) {
      scan(begins[window], window * PeerResults.PER_WINDOW);
    }
    return out;
  }

  private void scan(long begin, int column) {
    int count = (int) (events.end() - begin);
    int from = events.slot(begin);
    long[] amounts = events.amounts;
    int until = Math.min(from + count, amounts.length);
    long sum = 0;
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int i = from; i < until; i++) {
      long amount = amounts[i];
      sum += amount;
      least = Math.min(least, amount);
      greatest = Math.max(greatest, amount);
    }
    int rest = count - (until - from); // Of a ring: at its start.
    for (int i = 0; i < rest; i++) {
      long amount = amounts[i];
      sum += amount;
      least = Math.min(least, amount);
      greatest = Math.max(greatest, amount);
    }
    PeerResults.write(out, column, count, sum, least, greatest);
  }
}
