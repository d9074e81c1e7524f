package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.LongMoments;
import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code gapStddev()}: the sample standard deviation (n - 1) of the seconds between consecutive
 * events of the window: the root of the exact variance, rounded once. DOUBLE, null under three
 * events: those have two gaps.
 */
public record GapStddev() implements Aggregation {
  private static final int MICROS_DIGITS = 6;

  @Override
  public String name() {
    return "gap_stddev";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.any();
  }

  @Override
  public Optional<String> rejection(WindowBounds window) {
    return Inputs.atLeast(3, window);
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
  }

  @Override
  public Cost cost() {
    return Cost.WINDOW;
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    LongMoments gaps = new LongMoments(MICROS_DIGITS);
    int first = rows.oldest(1);
    long previous = first < 0 ? 0 : rows.eventTimeMicros(first);
    // Where a gap may be beyond a long, all are 2^63 less: a variance doesn't change by that.
    long shift = isLong(rows, previous) ? Long.MIN_VALUE : 0;
    int seen = 0;
    for (int position = rows.from(); position < rows.to(); position++) {
      int row = rows.inOrder(position);
      if (rows.takesPart(row)) {
        long time = rows.eventTimeMicros(row);
        if (seen++ > 0) {
          gaps.add(time - previous + shift);
        }
        previous = time;
      }
    }
    if (seen < 3) {
      out.setNull(index);
    } else {
      out.setDouble(index, gaps.sampleStddev());
    }
  }

  private static boolean isLong(WindowRows rows, long first) {
    int last = rows.newest(1);
    return last >= 0 && rows.eventTimeMicros(last) - first < 0;
  }
}
