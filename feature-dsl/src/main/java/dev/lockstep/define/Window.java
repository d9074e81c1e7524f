package dev.lockstep.define;

import java.io.Serializable;
import java.time.Duration;

/** Which of the known events a value is computed over (C3). */
public sealed interface Window extends Serializable {

  /** The trailing window (t - length, t]: an event exactly {@code length} old has left. */
  static Window last(Duration length) {
    return new Last(length);
  }

  /**
   * The trailing window of a length.
   *
   * @param length positive, in whole microseconds; the plan reports any other
   */
  record Last(Duration length) implements Window {
    @Override
    public String toString() {
      return "last(" + DurationText.of(length) + ")";
    }
  }
}
