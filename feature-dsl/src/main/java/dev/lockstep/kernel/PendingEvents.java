package dev.lockstep.kernel;

import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.value.ValueType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that wait until a request knows them.
 *
 * <p>They lie in the order in which they came; row numbers over them give the window's order (for
 * bytes, and for the log that they will move to) and a heap the order of knowledge. So each costs
 * O(log) to come and to go, however many wait: what is gone stays where it lies until it is half of
 * all.
 */
final class PendingEvents {
  private static final int COMPACT_AT_LEAST = 64;
  private static final int KEEP_AT_MOST = 1 << 10;

  /** All that came, those gone since included. */
  EventLog events;

  private final List<ValueType> types;
  private final WindowOrder inWindow = new WindowOrder();
  private final RowOrder order = new RowOrder(inWindow);

  /** Whether all of {@link #events} are here, in the window's order. */
  private boolean isInOrder = true;

  /** In knowledge order, those gone included; null until only some of them become known. */
  private @Nullable RowHeap known;

  // Bounds of the positions of all that are here.
  private long leastAvailableAt = Long.MAX_VALUE;
  private long leastSequence = Long.MAX_VALUE;
  private long greatestAvailableAt = Long.MIN_VALUE;
  private long greatestSequence = Long.MIN_VALUE;

  /** No event here is older; none may be as old any more. */
  private long leastEventTime = Long.MAX_VALUE;

  private int[] gathered = new int[8];

  PendingEvents(List<ValueType> types) {
    this.types = types;
    this.events = new EventLog(types);
  }

  int size() {
    return order.size();
  }

  void add(BranchRow event) {
    events.append(event);
    appended();
  }

  /** Takes in a row of another log of the same types. */
  void add(EventLog from, int row) {
    events.append(from, row);
    appended();
  }

  private void appended() {
    int row = events.end() - 1;
    isInOrder &= order.add(row);
    note(row);
    if (known != null) {
      known.add(row);
    }
  }

  /** Takes note of all rows, just put into {@link #events} and not known here. */
  void appendedAll() {
    int[] rows = new int[events.size()];
    isInOrder = true;
    for (int row = 0; row < rows.length; row++) {
      rows[row] = row;
      isInOrder &= row == 0 || events.compareRows(row - 1, row) <= 0;
      note(row);
    }
    if (!isInOrder) {
      inWindow.sort(rows, rows.length);
    }
    order.fill(rows);
  }

  private void note(int row) {
    long available = events.availableAt(row);
    long sequence = events.sequence(row);
    leastEventTime = Math.min(leastEventTime, events.eventTime(row));
    if (available < leastAvailableAt
        || (available == leastAvailableAt && sequence < leastSequence)) {
      leastAvailableAt = available;
      leastSequence = sequence;
    }
    if (available > greatestAvailableAt
        || (available == greatestAvailableAt && sequence > greatestSequence)) {
      greatestAvailableAt = available;
      greatestSequence = sequence;
    }
  }

  /**
   * Takes out the events that a request knows. They stay rows of {@link #events}, {@link #gathered}
   * says which, until {@link #forgetGathered}.
   *
   * @return how many
   */
  int gather(BranchRow request, boolean sameSource) {
    int size = order.size();
    if (size == 0 || !isKnown(leastAvailableAt, leastSequence, request, sameSource)) {
      return 0;
    }
    if (isKnown(greatestAvailableAt, greatestSequence, request, sameSource)) {
      if (gathered.length < size) {
        gathered = new int[size];
      }
      order.copyTo(gathered);
      order.clear();
      return size;
    }
    return gatherSome(heap(), request, sameSource);
  }

  private int gatherSome(RowHeap heap, BranchRow request, boolean sameSource) {
    int count = 0;
    while (heap.size() > 0) {
      int row = heap.least();
      if (!order.isGone(row)) {
        leastAvailableAt = events.availableAt(row);
        leastSequence = events.sequence(row);
        if (!isKnown(leastAvailableAt, leastSequence, request, sameSource)) {
          break;
        }
        if (count == gathered.length) {
          gathered = Arrays.copyOf(gathered, 2 * count);
        }
        gathered[count++] = row;
        leave(row);
      }
      heap.take();
    }
    inWindow.sort(gathered, count);
    return count;
  }

  /** The row in {@link #events} of the i-th event that was gathered, in the window's order. */
  int gathered(int i) {
    return gathered[i];
  }

  /** Gives back the room of what was gathered, where that is worth it. */
  void forgetGathered() {
    if (gathered.length > KEEP_AT_MOST) {
      gathered = new int[8];
    }
    compactIfMany();
  }

  private static boolean isKnown(
      long available, long sequence, BranchRow request, boolean sameSource) {
    return KnowledgePosition.knownBy(
        available, sequence, request.availableAtMicros(), request.sequence(), sameSource);
  }

  private RowHeap heap() {
    if (known == null) {
      RowHeap heap = new RowHeap(this::comparePosition);
      order.forEach(0, order.size(), heap::add);
      known = heap;
    }
    return known;
  }

  boolean retract(BranchRow event) {
    int row = order.firstNot(other -> events.compareTo(other, event) < 0);
    if (row < 0 || events.compareTo(row, event) != 0) {
      return false;
    }
    leave(row);
    compactIfMany();
    return true;
  }

  /** Whether there are events up to an event time. */
  boolean hasThrough(long eventTimeMicros) {
    if (order.size() == 0 || leastEventTime > eventTimeMicros) {
      return false;
    }
    leastEventTime = events.eventTime(order.first());
    return leastEventTime <= eventTimeMicros;
  }

  /** Removes the events up to an event time: their windows are over before they are known. */
  void pruneThrough(long eventTimeMicros) {
    if (!hasThrough(eventTimeMicros)) {
      return;
    }
    int[] old = new int[order.count(row -> events.eventTime(row) <= eventTimeMicros)];
    order.copyTo(old);
    for (int row : old) {
      leave(row);
    }
    compactIfMany();
  }

  void clear() {
    events.clear();
    order.clear();
    isInOrder = true;
    known = null;
    leastEventTime = Long.MAX_VALUE;
    leastAvailableAt = Long.MAX_VALUE;
    leastSequence = Long.MAX_VALUE;
    greatestAvailableAt = Long.MIN_VALUE;
    greatestSequence = Long.MIN_VALUE;
  }

  private void leave(int row) {
    order.remove(row);
    isInOrder = false;
  }

  private void compactIfMany() {
    int left = order.size();
    if (left == 0) {
      clear();
    } else if (events.size() > COMPACT_AT_LEAST + 2 * left) {
      EventLog kept = copy(0, left);
      clear();
      events = kept;
      appendedAll();
    }
  }

  private EventLog copy(int from, int to) {
    EventLog copy = new EventLog(types);
    order.forEach(from, to, row -> copy.append(events, row));
    return copy;
  }

  /** Where the first event is in the window's order; only where there is one. */
  Place firstPlace() {
    return events.place(order.first());
  }

  /** How many events are of places before one. */
  int countBefore(Place place) {
    return order.count(row -> events.place(row).compareTo(place) < 0);
  }

  /** The events of the places {@code [from, to)}, copied only where they lie in another order. */
  RowRange range(@Nullable Place from, @Nullable Place to) {
    if (isInOrder) {
      return RowRange.of(events, from, to);
    }
    int begin = from == null ? 0 : countBefore(from);
    EventLog copy = copy(begin, to == null ? order.size() : Math.max(begin, countBefore(to)));
    return new RowRange(copy, 0, copy.end());
  }

  /** Rows of one place and equal values by when they came: any order will do, but one. */
  private final class WindowOrder implements RowOrder.Order {
    @Override
    public int compare(int row, int other) {
      int by = events.compareRows(row, other);
      return by != 0 ? by : Integer.compare(row, other);
    }

    @Override
    public void sort(int[] rows, int size) {
      if (size > 1) {
        RowSort.sort(
            rows,
            size,
            this::compare,
            events::eventTime,
            events::availableAt,
            events::sequence,
            row -> events.columns.isEmpty() ? 0 : events.columns.get(0).sortKey(row));
      }
    }
  }

  private int comparePosition(int a, int b) {
    int by = Long.compare(events.availableAt(a), events.availableAt(b));
    return by != 0 ? by : Long.compare(events.sequence(a), events.sequence(b));
  }
}
