package dev.lockstep.plan;

import dev.lockstep.define.DurationText;
import dev.lockstep.time.WindowBounds;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A window as text. */
final class WindowText {
  private WindowText() {}

  /** For the fingerprint: every number in microseconds. */
  static String canonical(WindowBounds window) {
    if (window instanceof WindowBounds.Trailing t) {
      return "last "
          + t.lengthMicros()
          + (t.hopMicros() == 0 ? "" : " hop " + t.hopMicros())
          + (t.offsetMicros() == 0 ? "" : " ending before " + t.offsetMicros());
    }
    if (window instanceof WindowBounds.Tumbling t) {
      return "tumbling " + t.lengthMicros();
    }
    if (window instanceof WindowBounds.LocalTumbling t) {
      return "tumbling " + t.lengthMicros() + " in " + t.zone();
    }
    if (window instanceof WindowBounds.Session s) {
      return "session " + s.gapMicros() + " within " + s.mostMicros();
    }
    if (window instanceof WindowBounds.NewestEvents n && isBounded(n)) {
      return "lastEvents " + n.newest() + " within " + n.withinMicros();
    }
    return forPeople(window);
  }

  /** As it is written in Java, with short durations. */
  static String forPeople(WindowBounds window) {
    if (window instanceof WindowBounds.Trailing t) {
      return "last("
          + duration(t.lengthMicros())
          + ")"
          + (t.hopMicros() == 0 ? "" : ".hop(" + duration(t.hopMicros()) + ")")
          + (t.offsetMicros() == 0 ? "" : ".endingBefore(" + duration(t.offsetMicros()) + ")");
    }
    if (window instanceof WindowBounds.Tumbling t) {
      return "tumbling(" + duration(t.lengthMicros()) + ")";
    }
    if (window instanceof WindowBounds.Session s) {
      return "session(" + duration(s.gapMicros()) + ", " + duration(s.mostMicros()) + ")";
    }
    if (window instanceof WindowBounds.NewestEvents n) {
      return "lastEvents("
          + n.newest()
          + ")"
          + (isBounded(n) ? ".within(" + duration(n.withinMicros()) + ")" : "");
    }
    if (window instanceof WindowBounds.LocalTumbling t) {
      return "tumbling(" + duration(t.lengthMicros()) + ", " + t.zone() + ")";
    }
    if (window instanceof WindowBounds.Calendar c) {
      return c.unit().name().toLowerCase(Locale.ROOT) + "ToDate(" + c.zone() + ")";
    }
    if (window instanceof WindowBounds.PreviousCalendar c) {
      String unit = c.unit().name();
      return "previous"
          + unit.charAt(0)
          + unit.substring(1).toLowerCase(Locale.ROOT)
          + "("
          + c.zone()
          + ")";
    }
    return "lifetime()";
  }

  private static boolean isBounded(WindowBounds.NewestEvents window) {
    return window.withinMicros() != WindowBounds.UNBOUNDED;
  }

  static String duration(long micros) {
    return DurationText.of(Duration.of(micros, ChronoUnit.MICROS));
  }
}
