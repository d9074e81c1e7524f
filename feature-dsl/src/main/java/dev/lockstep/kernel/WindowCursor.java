package dev.lockstep.kernel;

import dev.lockstep.aggregate.ColumnVector;
import dev.lockstep.aggregate.WindowRange;
import dev.lockstep.aggregate.WindowState;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import java.util.List;

/**
 * One window length as a range of the log, with the states of the features over it.
 *
 * <p>It moves both ways: a late request moves it back, the next one forth again; each row it passes
 * is added or removed once, so in order the work is O(1) a row and feature.
 */
final class WindowCursor implements WindowRange {
  /** One feature over this window: where it reads and where it writes. */
  private record Slot(int result, int input, boolean excludingRequest, WindowState state) {}

  private final EventLog log;
  private final long lengthMicros;
  private final List<Slot> slots;
  private long now;
  private int from;
  private int to;
  private boolean cold = true;

  WindowCursor(EventLog log, ViewPlan view, long lengthMicros) {
    this.log = log;
    this.lengthMicros = lengthMicros;
    this.slots =
        java.util.stream.IntStream.range(0, view.features().size())
            .filter(i -> view.features().get(i).windowMicros() == lengthMicros)
            .mapToObj(
                i -> {
                  ViewPlan.Feature f = view.features().get(i);
                  return new Slot(
                      i, f.input(), f.excludingRequest(), f.aggregation().newState(f.inputType()));
                })
            .toList();
  }

  @Override
  public int from() {
    return from;
  }

  @Override
  public int to() {
    return to;
  }

  @Override
  public boolean tied(int rowA, int rowB) {
    return log.tied(rowA, rowB);
  }

  /** Forgets the place, because rows of the window were pruned or the log was replaced. */
  void reset() {
    if (!cold) {
      slots.forEach(s -> s.state.clear());
      cold = true;
    }
  }

  /** Places the window at (t - length, t]. */
  void moveTo(long t) {
    long after = Micros.minusSaturating(t, lengthMicros);
    if (cold) {
      from = log.firstAfter(after);
      to = from;
      cold = false;
    }
    now = t;
    while (to < log.size() && log.eventTime(to) <= t) {
      add(to++);
    }
    while (to > from && log.eventTime(to - 1) > t) {
      remove(--to);
    }
    while (from < to && log.eventTime(from) <= after) {
      remove(from++);
    }
    if (from == to) {
      // Emptied: whatever way it moved, its place is where its first row would be.
      from = log.firstAfter(after);
      to = from;
      while (to < log.size() && log.eventTime(to) <= t) {
        add(to++);
      }
      return;
    }
    while (from > 0 && log.eventTime(from - 1) > after) {
      add(--from);
    }
  }

  /** Takes note that a row was inserted into the log. */
  void inserted(int row) {
    if (cold) {
      return;
    }
    long time = log.eventTime(row);
    if (time <= Micros.minusSaturating(now, lengthMicros)) {
      from++;
      to++;
    } else if (time <= now) {
      to++;
      add(row);
    }
  }

  /** Takes note that a row is about to be removed from the log. */
  void removing(int row) {
    if (cold) {
      return;
    }
    if (row < from) {
      from--;
      to--;
    } else if (row < to) {
      remove(row);
      to--;
    }
  }

  /** Takes note that the first {@code count} rows were pruned. */
  void pruned(int count) {
    if (cold) {
      return;
    }
    if (count > from) {
      reset();
    } else {
      from -= count;
      to -= count;
    }
  }

  /** Writes the results of the features that leave the request out, or of those that don't. */
  void finish(boolean excludingRequest, Values out) {
    for (Slot slot : slots) {
      if (slot.excludingRequest == excludingRequest) {
        slot.state.finish(column(slot), this, out, slot.result);
      }
    }
  }

  private void add(int row) {
    for (Slot slot : slots) {
      slot.state.add(column(slot), row);
    }
  }

  private void remove(int row) {
    for (Slot slot : slots) {
      slot.state.remove(column(slot), row);
    }
  }

  private ColumnVector column(Slot slot) {
    return slot.input < 0 ? NOTHING : log.columns.get(slot.input);
  }

  /** What an aggregation that reads no column is given. */
  private static final ColumnVector NOTHING = new ColumnVector(dev.lockstep.value.ValueType.LONG);
}
