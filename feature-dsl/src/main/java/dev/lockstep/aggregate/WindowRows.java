package dev.lockstep.aggregate;

import dev.lockstep.value.ColumnVector;

/**
 * A window as one feature sees it: positions in the window's order (C3), the rows at them, those
 * that take part, and the values of its inputs.
 *
 * <p>A position is not a row: ask {@link #inOrder}, also where the order doesn't matter.
 */
public interface WindowRows {

  /** The first position. */
  int from();

  /** Behind the last position. */
  int to();

  /** The number of events in the window, those that don't take part included. */
  int size();

  /** Whether all rows of the window take part, so that nobody needs to ask. */
  boolean allTakePart();

  /** Whether a row satisfies the feature's {@code where} and has no null among its inputs. */
  boolean takesPart(int row);

  /** The number of inputs. */
  int inputs();

  /** The values of an input; rows that take part have one. */
  ColumnVector input(int input);

  /** When the event of a row happened, in microseconds. */
  long eventTimeMicros(int row);

  /** The event time of the request, in microseconds. */
  long requestTimeMicros();

  /** The window's exclusive lower bound, in microseconds. */
  long afterMicros();

  /** The window's inclusive upper bound, in microseconds. */
  long throughMicros();

  /** The row at a position of {@code [from, to)} in the window's order. */
  int inOrder(int position);

  /**
   * The row of the n-th newest event that takes part, in the window's order; -1 if they are fewer.
   * The kernel finds it without a look at those that don't take part, however many there are.
   *
   * @param n from 1
   */
  default int newest(int n) {
    int left = n;
    for (int position = to() - 1; position >= from(); position--) {
      int row = inOrder(position);
      if (takesPart(row) && --left == 0) {
        return row;
      }
    }
    return -1;
  }

  /** The row of the n-th oldest event that takes part, as {@link #newest} from the other end. */
  default int oldest(int n) {
    int left = n;
    for (int position = from(); position < to(); position++) {
      int row = inOrder(position);
      if (takesPart(row) && --left == 0) {
        return row;
      }
    }
    return -1;
  }

  /**
   * The row with the least value of the first input among those that take part; -1 if there is
   * none. Of equal values any. Needs {@link LogIndexKind#LEAST}.
   */
  int leastRow();

  /**
   * The row with the greatest value of the first input among those that take part; -1 if there is
   * none. Of equal values any. Needs {@link LogIndexKind#GREATEST}.
   */
  int greatestRow();

  /**
   * Whether another row that takes part and is in the window holds the first input's value of this
   * row; while rows enter one by one, those that have. Needs {@link LogIndexKind#OCCURRENCES}.
   */
  boolean occursElsewhere(int row);
}
