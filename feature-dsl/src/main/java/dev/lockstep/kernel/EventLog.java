package dev.lockstep.kernel;

import dev.lockstep.aggregate.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Arrays;
import java.util.List;

/**
 * The events of one entity as columns, in the window's order (C3): event time, availability,
 * sequence, then their values.
 *
 * <p>It is shared by all windows of a view; a window is a range of its rows.
 */
final class EventLog {
  private static final int FIRST_CAPACITY = 8;

  final List<ColumnVector> columns;
  private long[] eventTime = new long[FIRST_CAPACITY];
  private long[] availableAt = new long[FIRST_CAPACITY];
  private long[] sequence = new long[FIRST_CAPACITY];
  private int size;

  EventLog(List<ValueType> types) {
    this.columns = types.stream().map(ColumnVector::new).toList();
  }

  int size() {
    return size;
  }

  long eventTime(int row) {
    return eventTime[row];
  }

  long availableAt(int row) {
    return availableAt[row];
  }

  long sequence(int row) {
    return sequence[row];
  }

  /** Inserts an event at its place. */
  int insert(BranchRow event) {
    int row = open(event.eventTimeMicros(), event.availableAtMicros(), event.sequence());
    Values values = java.util.Objects.requireNonNull(event.values());
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).insert(row, values, c);
    }
    return settle(row);
  }

  /** Inserts a row of another log of the same types at its place. */
  int insert(EventLog from, int fromRow) {
    int row = open(from.eventTime[fromRow], from.availableAt[fromRow], from.sequence[fromRow]);
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).insert(row, from.columns.get(c), fromRow);
    }
    return settle(row);
  }

  /** Appends the place of a row known to be last; the caller appends to every column. */
  void append(long time, long available, long sequenceNumber) {
    grow();
    eventTime[size] = time;
    availableAt[size] = available;
    sequence[size] = sequenceNumber;
    size++;
  }

  private void grow() {
    if (size == eventTime.length) {
      eventTime = Arrays.copyOf(eventTime, size * 2);
      availableAt = Arrays.copyOf(availableAt, size * 2);
      sequence = Arrays.copyOf(sequence, size * 2);
    }
  }

  /** Removes the rows {@code [from, to)}. */
  void remove(int from, int to) {
    int behind = size - to;
    System.arraycopy(eventTime, to, eventTime, from, behind);
    System.arraycopy(availableAt, to, availableAt, from, behind);
    System.arraycopy(sequence, to, sequence, from, behind);
    columns.forEach(c -> c.remove(from, to));
    size -= to - from;
  }

  /** The first row whose event time is greater than an instant; the size if there is none. */
  int firstAfter(long eventTimeMicros) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (eventTime[middle] > eventTimeMicros) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** A row of exactly this place and these values, or -1. */
  int find(BranchRow event) {
    for (int row = firstAfter(event.eventTimeMicros()) - 1;
        row >= 0 && eventTime[row] == event.eventTimeMicros();
        row--) {
      if (availableAt[row] == event.availableAtMicros()
          && sequence[row] == event.sequence()
          && holds(row, event)) {
        return row;
      }
    }
    return -1;
  }

  private boolean holds(int row, BranchRow event) {
    Values values = java.util.Objects.requireNonNull(event.values());
    for (int c = 0; c < columns.size(); c++) {
      if (!columns.get(c).holds(row, values, c)) {
        return false;
      }
    }
    return true;
  }

  /** Whether two rows differ in nothing but their values. */
  boolean tied(int a, int b) {
    return eventTime[a] == eventTime[b]
        && availableAt[a] == availableAt[b]
        && sequence[a] == sequence[b];
  }

  private int open(long time, long available, long sequenceNumber) {
    grow();
    int row = size;
    while (row > 0 && compareTo(row - 1, time, available, sequenceNumber) > 0) {
      row--;
      if (size - row > 16) {
        row = search(time, available, sequenceNumber, row);
        break;
      }
    }
    int behind = size - row;
    if (behind > 0) {
      System.arraycopy(eventTime, row, eventTime, row + 1, behind);
      System.arraycopy(availableAt, row, availableAt, row + 1, behind);
      System.arraycopy(sequence, row, sequence, row + 1, behind);
    }
    eventTime[row] = time;
    availableAt[row] = available;
    sequence[row] = sequenceNumber;
    size++;
    return row;
  }

  private int search(long time, long available, long sequenceNumber, int end) {
    int low = 0;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compareTo(middle, time, available, sequenceNumber) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int compareTo(int row, long time, long available, long sequenceNumber) {
    int by = Long.compare(eventTime[row], time);
    by = by != 0 ? by : Long.compare(availableAt[row], available);
    return by != 0 ? by : Long.compare(sequence[row], sequenceNumber);
  }

  /** Moves a new row before its ties with greater values, so that equal sets give equal logs. */
  private int settle(int inserted) {
    int row = inserted;
    while (row > 0 && tied(row - 1, row) && compareValues(row - 1, row) > 0) {
      for (ColumnVector column : columns) {
        column.insert(row + 1, column, row - 1);
        column.remove(row - 1, row);
      }
      row--;
    }
    return row;
  }

  private int compareValues(int a, int b) {
    for (ColumnVector column : columns) {
      int by = column.compare(a, b);
      if (by != 0) {
        return by;
      }
    }
    return 0;
  }
}
