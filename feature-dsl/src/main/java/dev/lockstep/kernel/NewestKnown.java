package dev.lockstep.kernel;

import dev.lockstep.time.KnowledgePosition;

/**
 * The rows of a log that became known last, at most 64, in knowledge order: what a request that
 * knows less than an earlier one finds without a look at the others. Rows are held by their places,
 * so that nothing is to be done where they move; those that are gone by other ways are passed over.
 */
final class NewestKnown {
  private static final int MOST = 64;

  private final long[] eventTime = new long[MOST];
  private final long[] availableAt = new long[MOST];
  private final long[] sequence = new long[MOST];
  private int size;

  // No row that isn't here is of a greater position.
  private boolean hasRest;
  private long restAvailableAt = Long.MIN_VALUE;
  private long restSequence = Long.MIN_VALUE;

  /** Those of a log. */
  NewestKnown(EventLog log) {
    for (int row = log.begin(); row < log.end(); row++) {
      inserted(log, row);
    }
  }

  /** Takes note that a row was inserted into the log. */
  void inserted(EventLog log, int row) {
    long available = log.availableAt(row);
    long number = log.sequence(row);
    if (size == MOST) {
      forgetHalf();
    }
    if (hasRest && compare(available, number, restAvailableAt, restSequence) <= 0) {
      return;
    }
    int place = size++;
    while (place > 0
        && compare(availableAt[place - 1], sequence[place - 1], available, number) > 0) {
      eventTime[place] = eventTime[place - 1];
      availableAt[place] = availableAt[place - 1];
      sequence[place] = sequence[place - 1];
      place--;
    }
    eventTime[place] = log.eventTime(row);
    availableAt[place] = available;
    sequence[place] = number;
  }

  private void forgetHalf() {
    int count = MOST / 2;
    hasRest = true;
    restAvailableAt = availableAt[count - 1];
    restSequence = sequence[count - 1];
    size -= count;
    System.arraycopy(eventTime, count, eventTime, 0, size);
    System.arraycopy(availableAt, count, availableAt, 0, size);
    System.arraycopy(sequence, count, sequence, 0, size);
  }

  /** Whether a request knows all rows that aren't here. */
  boolean restIsKnownBy(BranchRow request, boolean sameSource) {
    return !hasRest || isKnown(restAvailableAt, restSequence, request, sameSource);
  }

  /** Whether there is a row here that a request doesn't know. */
  boolean hasUnknownTo(BranchRow request, boolean sameSource) {
    return size > 0 && !isKnown(availableAt[size - 1], sequence[size - 1], request, sameSource);
  }

  private static boolean isKnown(
      long available, long number, BranchRow request, boolean sameSource) {
    return KnowledgePosition.knownBy(
        available, number, request.availableAtMicros(), request.sequence(), sameSource);
  }

  /** Takes out the newest; returns its row in the log, -1 if it isn't there any more. */
  int take(EventLog log) {
    size--;
    return log.firstAt(eventTime[size], availableAt[size], sequence[size]);
  }

  /** When the newest of all rows became available, or later; the least long if there are none. */
  long greatestAvailableAt() {
    return size > 0 ? availableAt[size - 1] : restAvailableAt;
  }

  /** The sequence to {@link #greatestAvailableAt}. */
  long greatestSequence() {
    return size > 0 ? sequence[size - 1] : restSequence;
  }

  private static int compare(long available, long number, long otherAvailable, long otherNumber) {
    int by = Long.compare(available, otherAvailable);
    return by != 0 ? by : Long.compare(number, otherNumber);
  }
}
