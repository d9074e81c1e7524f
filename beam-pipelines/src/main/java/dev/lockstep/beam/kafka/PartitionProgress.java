package dev.lockstep.beam.kafka;

import dev.lockstep.beam.stream.Opening;
import java.util.ArrayDeque;

/**
 * How far one partition has been read, in time of availability (C5): what is told never goes back.
 *
 * <p>A replay moves by its record timestamps less the declared disorder, and by clock records. A
 * live partition moves by its record timestamps in the same way, but for those ahead of the
 * brokers' clock; and it stands at t less {@code visibleWithin} where it has been read past the end
 * that was asked for at t. Ends that were asked for and not yet reached are kept with their times,
 * so that progress goes on while more is appended than is read.
 *
 * <p>One thread reads, another asks.
 */
final class PartitionProgress {
  /** Where a partition stands that has told nothing yet. */
  static final long NOTHING_TOLD_MILLIS = Opening.BEHIND.getMillis();

  /** Ends kept that haven't been reached; beyond them only the newest is remembered. */
  private static final int MOST_ENDS = 256;

  private record End(long askedAtMillis, long offset) {}

  private final boolean live;
  private final long disorderMillis;
  private final long visibleWithinMillis;
  private final ArrayDeque<End> ends = new ArrayDeque<>();
  private long millis;
  private long position;
  private long overdue;
  private long end = -1;

  /**
   * @param live whether it is one of a live topic
   * @param position of the next record to read
   * @param millis where a checkpoint left it, or {@link #NOTHING_TOLD_MILLIS}
   */
  PartitionProgress(InputTopic topic, boolean live, long position, long millis) {
    this.live = live;
    this.disorderMillis = topic.disorderMillis();
    this.visibleWithinMillis = topic.visibleWithinMillis();
    this.position = position;
    this.millis = millis;
  }

  /**
   * Takes note of a record that was handed on.
   *
   * @param timestampMillis its record timestamp, one that can be meant
   * @param brokerClockMillis what no broker's clock is beyond: a timestamp ahead of it is of a
   *     clock that is wrong, and tells nothing; {@link Long#MAX_VALUE} for a replay
   */
  synchronized void read(long offset, long timestampMillis, long brokerClockMillis) {
    if (timestampMillis < millis) {
      overdue++;
    }
    if (timestampMillis <= brokerClockMillis) {
      moveTo(timestampMillis - disorderMillis);
    }
    readTo(offset + 1);
  }

  /** Takes note of a replay's clock record: nothing later is available before that millisecond. */
  synchronized void clock(long clockMillis) {
    moveTo(clockMillis);
  }

  /** Takes note that all below an offset was read, transactions' markers included. */
  synchronized void readTo(long offset) {
    position = Math.max(position, offset);
    while (!ends.isEmpty() && ends.peekFirst().offset <= position) {
      moveTo(ends.removeFirst().askedAtMillis - visibleWithinMillis);
    }
  }

  /**
   * Takes note of the end of a live partition.
   *
   * @param askedAtMillis the brokers' clock was at least there when the question was sent
   * @param offset of the record that comes next
   */
  synchronized void asked(long askedAtMillis, long offset) {
    end = offset;
    if (!live) {
      return;
    }
    if (offset <= position) {
      ends.clear();
      moveTo(askedAtMillis - visibleWithinMillis);
      return;
    }
    // An end that didn't move since is the same end, known of later; of too many the newest two
    // become one, which only lets the partition wait a little longer.
    if (!ends.isEmpty() && (ends.peekLast().offset >= offset || ends.size() == MOST_ENDS)) {
      ends.removeLast();
    }
    ends.addLast(new End(askedAtMillis, offset));
  }

  private void moveTo(long to) {
    millis = Math.max(millis, to);
  }

  /** Where the partition stands: no later record is available before, but for overdue ones. */
  synchronized long millis() {
    return millis;
  }

  /** The offset of the record that is read next. */
  synchronized long position() {
    return position;
  }

  /** The records that came behind the partition's progress. */
  synchronized long overdue() {
    return overdue;
  }

  /** The end that was last asked for; -1 where none was. */
  synchronized long end() {
    return end;
  }
}
