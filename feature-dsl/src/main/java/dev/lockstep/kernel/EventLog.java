package dev.lockstep.kernel;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The events of one entity as columns, in the window's order (C3): event time, availability,
 * sequence, then their values.
 *
 * <p>It is shared by all windows of a view; a window is a range of its rows {@code [begin, end)}.
 * Old rows are forgotten by moving {@code begin}; {@link #compact} gives their memory back.
 */
final class EventLog {
  private static final int FIRST_CAPACITY = 8;

  final List<ColumnVector> columns;
  private long[] eventTime = new long[FIRST_CAPACITY];
  private long[] availableAt = new long[FIRST_CAPACITY];
  private long[] sequence = new long[FIRST_CAPACITY];
  private int begin;
  private int end;
  private int ties;

  EventLog(List<ValueType> types) {
    this.columns = types.stream().map(ColumnVector::new).toList();
  }

  int size() {
    return end - begin;
  }

  /** The first row. */
  int begin() {
    return begin;
  }

  /** Behind the last row. */
  int end() {
    return end;
  }

  /** Whether any two neighbours differ in nothing but their values. */
  boolean hasTies() {
    return ties > 0;
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
    Values values = java.util.Objects.requireNonNull(event.values());
    long time = event.eventTimeMicros();
    long available = event.availableAtMicros();
    int row = behind(time, available, event.sequence());
    if (row > begin && isAt(row - 1, time, available, event.sequence())) {
      row = behindInTie(row, other -> compareValues(other, values) > 0);
    }
    open(row, time, available, event.sequence());
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).insert(row, values, c);
    }
    return row;
  }

  /** Inserts a row of another log of the same types at its place. */
  int insert(EventLog from, int fromRow) {
    return insertAt(placeOf(from, fromRow), from, fromRow);
  }

  /**
   * Inserts a row of another log of the same types at its place.
   *
   * @param guess where that may be: behind the row inserted before, for rows that come in order
   */
  int insertNear(int guess, EventLog from, int fromRow) {
    boolean isPlace =
        guess > begin
            && compareTo(guess - 1, from, fromRow) <= 0
            && (guess == end || compareTo(guess, from, fromRow) > 0);
    return insertAt(isPlace ? guess : placeOf(from, fromRow), from, fromRow);
  }

  private int placeOf(EventLog from, int fromRow) {
    long time = from.eventTime[fromRow];
    long available = from.availableAt[fromRow];
    long sequenceNumber = from.sequence[fromRow];
    int row = behind(time, available, sequenceNumber);
    return row > begin && isAt(row - 1, time, available, sequenceNumber)
        ? behindInTie(row, other -> compareValues(other, from, fromRow) > 0)
        : row;
  }

  private int insertAt(int row, EventLog from, int fromRow) {
    open(row, from.eventTime[fromRow], from.availableAt[fromRow], from.sequence[fromRow]);
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).insert(row, from.columns.get(c), fromRow);
    }
    return row;
  }

  /** Appends an event, wherever its place is. */
  void append(BranchRow event) {
    Values values = java.util.Objects.requireNonNull(event.values());
    append(event.eventTimeMicros(), event.availableAtMicros(), event.sequence());
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).append(values, c);
    }
  }

  /** Appends a row of another log of the same types, wherever its place is. */
  void append(EventLog from, int row) {
    append(from.eventTime[row], from.availableAt[row], from.sequence[row]);
    for (int c = 0; c < columns.size(); c++) {
      ColumnVector column = columns.get(c);
      column.insert(column.size(), from.columns.get(c), row);
    }
  }

  /** Appends the place of a row known to be last; the caller appends to every column. */
  void append(long time, long available, long sequenceNumber) {
    grow();
    eventTime[end] = time;
    availableAt[end] = available;
    sequence[end] = sequenceNumber;
    end++;
    ties += tieWithNext(end - 2);
  }

  private void grow() {
    if (end == eventTime.length) {
      eventTime = Arrays.copyOf(eventTime, end * 2);
      availableAt = Arrays.copyOf(availableAt, end * 2);
      sequence = Arrays.copyOf(sequence, end * 2);
    }
  }

  private int tieWithNext(int row) {
    return row >= begin && row + 1 < end && tied(row, row + 1) ? 1 : 0;
  }

  /** Removes the rows {@code [from, to)}. */
  void remove(int from, int to) {
    for (int row = from - 1; row < to; row++) {
      ties -= tieWithNext(row);
    }
    int behind = end - to;
    System.arraycopy(eventTime, to, eventTime, from, behind);
    System.arraycopy(availableAt, to, availableAt, from, behind);
    System.arraycopy(sequence, to, sequence, from, behind);
    columns.forEach(c -> c.remove(from, to));
    end -= to - from;
    ties += tieWithNext(from - 1);
  }

  /** Forgets the rows before {@code newBegin}; the others keep their numbers. */
  void forget(int newBegin) {
    for (int row = begin; row < newBegin; row++) {
      ties -= tieWithNext(row);
    }
    begin = newBegin;
  }

  /** Moves all rows down to 0, over those forgotten; tells by how many. */
  int compact() {
    int count = begin;
    System.arraycopy(eventTime, begin, eventTime, 0, end - begin);
    System.arraycopy(availableAt, begin, availableAt, 0, end - begin);
    System.arraycopy(sequence, begin, sequence, 0, end - begin);
    columns.forEach(c -> c.remove(0, count));
    end -= count;
    begin = 0;
    return count;
  }

  /** Removes all rows. */
  void clear() {
    begin = 0;
    end = 0;
    ties = 0;
    columns.forEach(ColumnVector::clear);
  }

  /** The first row whose event time is greater than an instant; the end if there is none. */
  int firstAfter(long eventTimeMicros) {
    return firstOf(begin, end, row -> eventTime[row] > eventTimeMicros);
  }

  /**
   * The first of the newest n rows up to an event time; it may be before all rows. Of a tie there
   * all are among them, since each feature has an order of its own for those.
   */
  int firstOfNewest(long eventTimeMicros, int n) {
    int row = firstAfter(eventTimeMicros) - n;
    return row <= begin ? row : startOfTie(row);
  }

  /** The first row at or behind a place; the end if there is none. */
  int firstAtOrAfter(Place place) {
    return firstOf(
        begin,
        end,
        row ->
            compareTo(row, place.eventTimeMicros(), place.availableAtMicros(), place.sequence())
                >= 0);
  }

  /** The first row at a place, or -1. */
  int firstAt(long time, long available, long sequenceNumber) {
    int behind = behind(time, available, sequenceNumber);
    return behind > begin && isAt(behind - 1, time, available, sequenceNumber)
        ? startOfTie(behind - 1)
        : -1;
  }

  /** Where a row is in the window's order. */
  Place place(int row) {
    return new Place(eventTime[row], availableAt[row], sequence[row]);
  }

  /** Whether a row is behind a place. */
  boolean isAfter(int row, long time, long available, long sequenceNumber) {
    return compareTo(row, time, available, sequenceNumber) > 0;
  }

  /** A row of exactly this place and these values, or -1. */
  int find(BranchRow event) {
    Values values = java.util.Objects.requireNonNull(event.values());
    int behind = behind(event.eventTimeMicros(), event.availableAtMicros(), event.sequence());
    if (behind == begin
        || !isAt(
            behind - 1, event.eventTimeMicros(), event.availableAtMicros(), event.sequence())) {
      return -1;
    }
    int row = behindInTie(behind, other -> compareValues(other, values) > 0) - 1;
    return row >= begin && holds(row, event, values) ? row : -1;
  }

  private boolean holds(int row, BranchRow event, Values values) {
    return isAt(row, event.eventTimeMicros(), event.availableAtMicros(), event.sequence())
        && compareValues(row, values) == 0;
  }

  /** Whether two rows differ in nothing but their values. */
  boolean tied(int a, int b) {
    return eventTime[a] == eventTime[b]
        && availableAt[a] == availableAt[b]
        && sequence[a] == sequence[b];
  }

  /** Orders two rows by their places, then by their values. */
  int compareRows(int a, int b) {
    return compareTo(a, this, b);
  }

  /** Orders a row and an event by their places, then by their values. */
  int compareTo(int row, BranchRow event) {
    int by = compareTo(row, event.eventTimeMicros(), event.availableAtMicros(), event.sequence());
    return by != 0 ? by : compareValues(row, java.util.Objects.requireNonNull(event.values()));
  }

  private void open(int row, long time, long available, long sequenceNumber) {
    grow();
    ties -= tieWithNext(row - 1);
    int behind = end - row;
    if (behind > 0) {
      System.arraycopy(eventTime, row, eventTime, row + 1, behind);
      System.arraycopy(availableAt, row, availableAt, row + 1, behind);
      System.arraycopy(sequence, row, sequence, row + 1, behind);
    }
    eventTime[row] = time;
    availableAt[row] = available;
    sequence[row] = sequenceNumber;
    end++;
    ties += tieWithNext(row - 1) + tieWithNext(row);
  }

  /** Behind the last row at or before a place: mostly the end, or close to it. */
  private int behind(long time, long available, long sequenceNumber) {
    int row = end;
    while (row > begin && compareTo(row - 1, time, available, sequenceNumber) > 0) {
      row--;
      if (end - row > 16) {
        return firstOf(begin, row, other -> compareTo(other, time, available, sequenceNumber) > 0);
      }
    }
    return row;
  }

  // Of a tie the rows are in the order of their values, so that equal sets give equal logs: where a
  // row belongs is found by halving, as ties may be as long as a day.

  private int behindInTie(int behindTie, IntPredicate isGreater) {
    if (!isGreater.test(behindTie - 1)) {
      return behindTie; // as where a whole tie comes in its order
    }
    return firstOf(startOfTie(behindTie - 1), behindTie - 1, isGreater);
  }

  /** The first row at the place of a row. */
  int startOfTie(int row) {
    if (row == begin || !tied(row - 1, row)) {
      return row;
    }
    return firstOf(
        begin,
        row,
        other -> compareTo(other, eventTime[row], availableAt[row], sequence[row]) >= 0);
  }

  /** The first of the rows {@code [from, to)} from which on something holds; {@code to} if none. */
  private static int firstOf(int from, int to, IntPredicate holds) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private boolean isAt(int row, long time, long available, long sequenceNumber) {
    return eventTime[row] == time
        && availableAt[row] == available
        && sequence[row] == sequenceNumber;
  }

  private int compareTo(int row, EventLog other, int otherRow) {
    int by =
        compareTo(
            row, other.eventTime[otherRow], other.availableAt[otherRow], other.sequence[otherRow]);
    return by != 0 ? by : compareValues(row, other, otherRow);
  }

  private int compareTo(int row, long time, long available, long sequenceNumber) {
    int by = Long.compare(eventTime[row], time);
    by = by != 0 ? by : Long.compare(availableAt[row], available);
    return by != 0 ? by : Long.compare(sequence[row], sequenceNumber);
  }

  private int compareValues(int row, Values values) {
    for (int c = 0; c < columns.size(); c++) {
      int by = columns.get(c).compare(row, values, c);
      if (by != 0) {
        return by;
      }
    }
    return 0;
  }

  /** Whether the last rows, and their ties with rows before, are in the order of their values. */
  boolean lastAreSettled(int count) {
    for (int row = Math.max(begin + 1, end - count); ties > 0 && row < end; row++) {
      if (tied(row - 1, row) && compareValues(row - 1, this, row) > 0) {
        return false;
      }
    }
    return true;
  }

  private int compareValues(int row, EventLog other, int otherRow) {
    for (int c = 0; c < columns.size(); c++) {
      int by = columns.get(c).compare(row, other.columns.get(c), otherRow);
      if (by != 0) {
        return by;
      }
    }
    return 0;
  }
}
