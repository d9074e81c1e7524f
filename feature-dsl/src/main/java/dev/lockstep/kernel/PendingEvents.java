package dev.lockstep.kernel;

import dev.lockstep.value.ValueType;
import java.util.Arrays;
import java.util.List;

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

  /** Takes note of a row just appended to {@link #events}. */
  void appended(int row) {
    inserted(row);
  }

  /** Takes note of a row just inserted into {@link #events}. */
  private void inserted(int row) {
    if (size == order.length) {
      order = Arrays.copyOf(order, size * 2);
    }
    for (int i = 0; i < size; i++) {
      if (order[i] >= row) {
        order[i]++;
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
    for (int i = 0; i < count; i++) {
      removeAt(0);
    }
  }

  boolean retract(BranchRow event) {
    int row = events.find(event);
    if (row < 0) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (order[i] == row) {
        removeAt(i);
        return true;
      }
    }
    throw new IllegalStateException("a pending row without a place");
  }

  /** Removes the events up to an event time: their windows are over before they are known. */
  void pruneThrough(long eventTimeMicros) {
    for (int i = size - 1; i >= 0; i--) {
      if (events.eventTime(order[i]) <= eventTimeMicros) {
        removeAt(i);
      }
    }
  }

  private void removeAt(int i) {
    int row = order[i];
    System.arraycopy(order, i + 1, order, i, size - i - 1);
    size--;
    events.remove(row, row + 1);
    for (int j = 0; j < size; j++) {
      if (order[j] > row) {
        order[j]--;
      }
    }
  }

  private int comparePosition(int a, int b) {
    int by = Long.compare(events.availableAt(a), events.availableAt(b));
    return by != 0 ? by : Long.compare(events.sequence(a), events.sequence(b));
  }
}
