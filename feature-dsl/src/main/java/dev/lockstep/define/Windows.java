package dev.lockstep.define;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several windows, each of which makes a feature of one aggregation: {@code avg(Swipe::amount)
 * .over(last(hours(1), hours(3), hours(24)))}.
 *
 * @param all in the order of the features
 */
public record Windows(List<Window> all) implements Serializable {
  public Windows {
    all = List.copyOf(all);
  }

  static Windows trailing(Duration first, Duration second, Duration... more) {
    List<Window> all = new ArrayList<>(List.of(Window.last(first), Window.last(second)));
    Arrays.stream(more).map(Window::last).forEach(all::add);
    return new Windows(all);
  }

  /** What tells a window from others in a feature's name: {@code 24h}, {@code previous_day}. */
  static String nameOf(Window window) {
    if (window instanceof Window.Last last) {
      return DurationText.of(last.length())
          + (last.hop() == null ? "" : "_hop_" + DurationText.of(last.hop()))
          + (last.offset() == null ? "" : "_before_" + DurationText.of(last.offset()));
    }
    if (window instanceof Window.Next next) {
      return "next_" + DurationText.of(next.length());
    }
    if (window instanceof Window.Tumbling tumbling) {
      return "tumbling_" + DurationText.of(tumbling.length());
    }
    if (window instanceof Window.LastEvents events) {
      return "last_"
          + events.n()
          + (events.most() == null ? "" : "_within_" + DurationText.of(events.most()));
    }
    if (window instanceof Window.Session session) {
      return "session_" + DurationText.of(session.gap());
    }
    if (window instanceof Window.ToDate toDate) {
      return toDate.unit().word(false) + "_to_date";
    }
    return window instanceof Window.Previous previous
        ? "previous_" + previous.unit().word(false)
        : "lifetime";
  }
}
