package dev.lockstep.kernel;

import dev.lockstep.value.ValueType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Events that wait until a request knows them, in knowledge order: an index over rows that are kept
 * in no order of their own.
 */
final class PendingEvents {
  final EventLog events;
  private int[] order = new int[8];
  private int size;

  PendingEvents(List<ValueType> types) {
    this.events = new EventLog(types);
  }

  int size() {
    return size;
  }

  /** The row in {@link #events} of the i-th event in knowledge order. */
  int rowAt(int i) {
    return order[i];
  }

  void add(BranchRow event) {
    inserted(events.insert(event));
  }

  /** Takes in a row of another log of the same types. */
  void add(EventLog from, int row) {
    inserted(events.insert(from, row));
  }

  /** Takes note of all rows, just put into {@link #events} and not known here. */
  void appendedAll() {
    size = events.size();
    order = new int[Math.max(order.length, size)];
    boolean inOrder = true;
    for (int row = 0; row < size; row++) {
      order[row] = row;
      inOrder &= row == 0 || comparePosition(row - 1, row) <= 0;
    }
    if (!inOrder) {
      // Stable, as inserting one by one is; and not quadratic in rows whose order is the reverse.
      order =
          IntStream.range(0, size).boxed().sorted(this::comparePosition).mapToInt(i -> i).toArray();
    }
  }

  /** Takes note of a row just inserted into {@link #events}. */
  private void inserted(int row) {
    if (size == order.length) {
      order = Arrays.copyOf(order, size * 2);
    }
    if (row < events.size() - 1) {
      for (int i = 0; i < size; i++) {
        if (order[i] >= row) {
          order[i]++;
        }
      }
    }
    int place = size;
    while (place > 0 && comparePosition(order[place - 1], row) > 0) {
      order[place] = order[place - 1];
      place--;
    }
    order[place] = row;
    size++;
  }

  /** How many of the first events in knowledge order a request knows. */
  int knownBy(BranchRow request, boolean sameSource) {
    int known = 0;
    while (known < size
        && dev.lockstep.time.KnowledgePosition.knownBy(
            events.availableAt(order[known]),
            events.sequence(order[known]),
            request.availableAtMicros(),
            request.sequence(),
            sameSource)) {
      known++;
    }
    return known;
  }

  /** Removes the first events in knowledge order. */
  void removeFirst(int count) {
    if (count == size) {
      events.remove(0, events.size());
      size = 0;
      return;
    }
    BitSet rows = new BitSet(events.size());
    for (int i = 0; i < count; i++) {
      rows.set(order[i]);
    }
    remove(rows);
  }

  boolean retract(BranchRow event) {
    int row = events.find(event);
    if (row < 0) {
      return false;
    }
    BitSet rows = new BitSet(events.size());
    rows.set(row);
    remove(rows);
    return true;
  }

  /** Removes the events up to an event time: their windows are over before they are known. */
  void pruneThrough(long eventTimeMicros) {
    int count = events.firstAfter(eventTimeMicros);
    if (count > 0) {
      BitSet rows = new BitSet(count);
      rows.set(0, count);
      remove(rows);
    }
  }

  /** Removes rows, all at once: one pass over the others. */
  private void remove(BitSet rows) {
    int[] renumbered = new int[events.size()];
    int kept = 0;
    for (int row = 0; row < renumbered.length; row++) {
      renumbered[row] = rows.get(row) ? -1 : kept++;
    }
    int place = 0;
    for (int i = 0; i < size; i++) {
      if (renumbered[order[i]] >= 0) {
        order[place++] = renumbered[order[i]];
      }
    }
    size = place;
    for (int end = rows.length(); end > 0; ) {
      int from = rows.previousClearBit(end - 1) + 1;
      events.remove(from, end);
      end = from == 0 ? 0 : rows.previousSetBit(from - 1) + 1;
    }
  }

  private int comparePosition(int a, int b) {
    int by = Long.compare(events.availableAt(a), events.availableAt(b));
    return by != 0 ? by : Long.compare(events.sequence(a), events.sequence(b));
  }
}
