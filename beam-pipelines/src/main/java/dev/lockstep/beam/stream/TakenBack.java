package dev.lockstep.beam.stream;

import dev.lockstep.kernel.BranchRow;
import dev.lockstep.time.Micros;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one key that were taken back before they came, each until it comes.
 *
 * <p>Under {@code onArrival()} rows come from {@link FirstCopyFn} and retractions from {@link
 * RouteFn}, and nothing keeps these in order.
 */
final class TakenBack {
  private final ViewMessage messages;
  private final int branch;
  private final PendingHeader header;

  /**
   * @param header which holds them
   */
  TakenBack(ViewMessage messages, int branch, PendingHeader header) {
    this.messages = messages;
    this.branch = branch;
    this.header = header;
  }

  void add(BranchRow retracted) {
    header.takenBack.add(messages.encode(branch, ViewMessage.RETRACT, retracted));
  }

  /**
   * What is left of a row that comes: all of it, unless it was taken back; then the request alone
   * where it asks, else null.
   */
  @Nullable BranchRow leftOf(BranchRow row) {
    for (int i = 0; i < header.takenBack.size(); i++) {
      if (isOf(row, messages.decode(branch, header.takenBack.get(i)).row())) {
        header.takenBack.remove(i);
        return row.isRequest() ? withoutEvent(row) : null;
      }
    }
    return row;
  }

  /**
   * The same; one that was taken back goes into the key's state and out of it, so that its mark is
   * what it would be had they come in their order (C11): after a restart they may.
   */
  @Nullable BranchRow leftOf(BranchRow row, KeyState key) {
    BranchRow left = leftOf(row);
    if (left != row) {
      key.takeInAndOut(eventOf(row));
    }
    return left;
  }

  /** Forgets those that came and were pruned before they were taken back. */
  void prune(long nowMicros, long keptMicros) {
    header.takenBack.removeIf(
        bytes ->
            Micros.plusSaturating(
                    messages.decode(branch, bytes).row().availableAtMicros(), keptMicros)
                < nowMicros);
  }

  /** Whether a retraction is of a row; one of the event alone is of a row that asks, too. */
  static boolean isOf(BranchRow row, BranchRow retracted) {
    return row.isEvent() == retracted.isEvent()
        && row.availableAtMicros() == retracted.availableAtMicros()
        && row.sequence() == retracted.sequence()
        && row.eventTimeMicros() == retracted.eventTimeMicros()
        && (row.isRequest() == retracted.isRequest()
            ? row.asks() == retracted.asks()
                && Objects.equals(row.requestId(), retracted.requestId())
            : row.isRequest())
        && Objects.equals(row.values(), retracted.values());
  }

  /** The event of a row alone. */
  private static BranchRow eventOf(BranchRow row) {
    return new BranchRow(
        true,
        0L,
        row.eventTimeMicros(),
        row.availableAtMicros(),
        row.sequence(),
        row.values(),
        null,
        0);
  }

  /** The request of a row alone. */
  static BranchRow withoutEvent(BranchRow row) {
    return new BranchRow(
        false,
        row.asks(),
        row.eventTimeMicros(),
        row.availableAtMicros(),
        row.sequence(),
        null,
        row.requestId(),
        row.requestRow());
  }
}
