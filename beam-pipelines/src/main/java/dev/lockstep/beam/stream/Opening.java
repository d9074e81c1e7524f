package dev.lockstep.beam.stream;

import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * When a stream that begins with a snapshot has all of it: until then requests wait (C12).
 *
 * <p>The watermark of the snapshot stays at the beginning of time until all of it has been handed
 * on, so that of whatever is joined to it stays there too; and it never overtakes what was handed
 * on before it. So at each step the watermark tells whether all of the snapshot came through it. A
 * timer just behind the beginning of time fires as soon as that is so, and what it sends holds the
 * watermark there: the next step opens when all of that is there.
 */
public final class Opening {
  /** When ids that the snapshot has seen are there. */
  static final Instant OF_IDS = BoundedWindow.TIMESTAMP_MIN_VALUE.plus(1);

  /** When states are there, and the rows that waited for ids. */
  static final Instant OF_KEYS = OF_IDS.plus(1);

  /** Where the watermark of what has told no time yet must stand, so as not to hold it back. */
  public static final Instant BEHIND = OF_KEYS.plus(1);

  private static final byte[] CLOSED = {0};
  private static final byte[] OPENED = {1};

  private Opening() {}

  /**
   * Whether a step has opened.
   *
   * @param timer any of event time, which tells the watermark
   */
  static boolean isOver(Timer timer, Instant opening) {
    return !timer.getCurrentRelativeTime().isBefore(opening);
  }

  /**
   * Whether a key of ids must still wait, as its state says or, at first, the watermark; then the
   * timer fires once it needn't.
   */
  static boolean isClosed(ValueState<byte[]> opening, Timer open) {
    byte[] state = opening.read();
    if (state != null) {
      return state[0] == CLOSED[0];
    }
    boolean over = isOver(open, OF_IDS);
    opening.write(over ? OPENED : CLOSED);
    if (!over) {
      open.set(OF_IDS);
    }
    return !over;
  }

  /** Writes down that a key of ids waits no longer. */
  static void open(ValueState<byte[]> opening) {
    opening.write(OPENED);
  }
}
