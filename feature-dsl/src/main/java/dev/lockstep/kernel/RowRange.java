package dev.lockstep.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The rows {@code [begin, end)} of a log. Good until the log next changes.
 *
 * @param log whose rows they are
 */
record RowRange(EventLog log, int begin, int end) {

  /**
   * The events that a state holds of the places {@code [from, to)}, known or waiting: found by
   * binary search, and copied only where there are both.
   *
   * @param from null for the first place there is
   * @param to null for behind the last place there is
   */
  static RowRange of(EntityState state, @Nullable Place from, @Nullable Place to) {
    RowRange known = of(state.log, from, to);
    RowRange waiting = state.pending.range(from, to);
    if (waiting.size() == 0) {
      return known;
    }
    return known.size() == 0 ? waiting : known.mergedWith(waiting);
  }

  /** How many events of places before one a state holds. */
  static int countBefore(EntityState state, Place to) {
    EventLog known = state.log;
    return known.firstAtOrAfter(to) - known.begin() + state.pending.countBefore(to);
  }

  /** The rows of a log of the places {@code [from, to)}. */
  static RowRange of(EventLog log, @Nullable Place from, @Nullable Place to) {
    int begin = from == null ? log.begin() : log.firstAtOrAfter(from);
    return new RowRange(log, begin, to == null ? log.end() : log.firstAtOrAfter(to));
  }

  private RowRange mergedWith(RowRange other) {
    EventLog merged = new EventLog(log.columns.stream().map(c -> c.type()).toList());
    int next = other.begin;
    for (int row = begin; row < end; row++) {
      Place place = log.place(row);
      while (next < other.end && other.log.place(next).compareTo(place) < 0) {
        merged.insert(other.log, next++);
      }
      merged.insert(log, row);
    }
    while (next < other.end) {
      merged.insert(other.log, next++);
    }
    return new RowRange(merged, 0, merged.end());
  }

  int size() {
    return end - begin;
  }

  /**
   * Where the first {@code count} rows end, moved behind the ties of the last of them: the end
   * where only ties are left.
   */
  int endOfFirst(int count) {
    int row = Math.min(begin + count, end);
    while (row > begin && row < end && log.tied(row - 1, row)) {
      row++;
    }
    return row;
  }

  RowRange from(int row) {
    return new RowRange(log, row, end);
  }

  RowRange until(int row) {
    return new RowRange(log, begin, row);
  }
}
