package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DurationText;
import dev.lockstep.define.Window;
import dev.lockstep.time.Micros;
import dev.lockstep.time.WindowBounds;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks a window and brings it into the kernel's units; every mistake is reported. */
final class WindowBuilder {
  /** What no two zones' clocks differ by less than, in this century. */
  private static final long LEAST_LOCAL = 60 * Micros.PER_SECOND;

  private final String subject;
  private final boolean ofLabel;
  private final Consumer<DefinitionError> errors;

  /**
   * @param ofLabel whether it is to lie after the request: a label's alone may, and must
   */
  WindowBuilder(String subject, boolean ofLabel, Consumer<DefinitionError> errors) {
    this.subject = subject;
    this.ofLabel = ofLabel;
    this.errors = errors;
  }

  WindowBounds bounds(Window window) {
    WindowBounds bounds = resolved(window);
    boolean isEndless =
        bounds instanceof WindowBounds.Lifetime || bounds instanceof WindowBounds.NewestEvents;
    if (bounds.reachMicros() == WindowBounds.UNBOUNDED && !isEndless) {
      error(
          "its window " + window + " reaches back more than 292 000 years",
          "give a shorter one, or lifetime() for all events there ever were");
    }
    return bounds;
  }

  private WindowBounds resolved(Window window) {
    if (window instanceof Window.Next next) {
      long length = positive("its window is ", next.length(), "next(hours(2))");
      if (!ofLabel) {
        error(
            "its window " + next + " lies after the request, where a feature can't look",
            "give it a window that ends at the request, last(...), or make it the label:"
                + " Label.of(name, value).from(SOURCE).by(ENTITY, Record::column)");
      }
      // What is read is read as of the window's end: there it is the last one of its length.
      return new WindowBounds.Trailing(length, 0, 0);
    }
    if (ofLabel) {
      error(
          "its window " + window + " doesn't lie after the request",
          "let a label look at what happens then: next(hours(2))");
      return new WindowBounds.Trailing(1, 0, 0);
    }
    if (window instanceof Window.Last last) {
      return trailing(last);
    }
    if (window instanceof Window.Tumbling tumbling) {
      return tumbling(tumbling);
    }
    if (window instanceof Window.LastEvents events) {
      return newest(events);
    }
    if (window instanceof Window.Session session) {
      return session(session);
    }
    if (window instanceof Window.ToDate toDate) {
      return new WindowBounds.Calendar(unit(toDate.unit()), Zones.canonical(toDate.zone()));
    }
    if (window instanceof Window.Previous previous) {
      return new WindowBounds.PreviousCalendar(
          unit(previous.unit()), Zones.canonical(previous.zone()));
    }
    return new WindowBounds.Lifetime();
  }

  private static WindowBounds.CalendarUnit unit(Window.Unit unit) {
    return WindowBounds.CalendarUnit.valueOf(unit.name());
  }

  private WindowBounds tumbling(Window.Tumbling tumbling) {
    long length = positive("its window is ", tumbling.length(), "tumbling(minutes(10))");
    if (tumbling.zone() == null) {
      return new WindowBounds.Tumbling(length);
    }
    boolean fits =
        length >= LEAST_LOCAL && (Micros.PER_DAY % length == 0 || length % Micros.PER_DAY == 0);
    if (!fits) {
      error(
          "its window " + tumbling + " divides no day, and isn't whole days",
          "give a length of whole minutes that divides 24 hours, or whole days; or leave out the"
              + " zone: tumbling("
              + DurationText.of(tumbling.length())
              + ") counts from the epoch");
      return new WindowBounds.Tumbling(length);
    }
    return new WindowBounds.LocalTumbling(length, Zones.canonical(tumbling.zone()));
  }

  private WindowBounds newest(Window.LastEvents events) {
    events.mistakes().forEach(m -> error(m.problem(), m.cure()));
    if (events.n() <= 0) {
      error(
          "its window holds the last " + events.n() + " events",
          "give a positive number: lastEvents(10)");
    } else if (events.n() == Integer.MAX_VALUE) {
      error(
          "its window holds the last " + events.n() + " events, which is no bound",
          "give a smaller number, or lifetime() for all events there ever were");
    }
    long within =
        events.most() == null
            ? WindowBounds.UNBOUNDED
            : positive(
                "its window reaches back ", events.most(), "lastEvents(10).within(days(30))");
    return new WindowBounds.NewestEvents(Math.max(1, events.n()), within);
  }

  private WindowBounds trailing(Window.Last last) {
    last.mistakes().forEach(m -> error(m.problem(), m.cure()));
    long length = positive("its window is ", last.length(), "last(minutes(10))");
    long hop =
        last.hop() == null
            ? 0
            : positive("its hop is ", last.hop(), "last(days(90)).hop(hours(1))");
    long offset =
        last.offset() == null
            ? 0
            : positive(
                "its window ends before ", last.offset(), "last(days(7)).endingBefore(days(1))");
    if (hop > length) {
      error(
          "its hop is " + last.hop() + ", longer than its window of " + last.length(),
          "give a hop of at most the window, or a tumbling(...) window");
    }
    if (hop > 0 && offset % hop != 0) {
      error(
          "its hop of " + last.hop() + " doesn't divide what it ends before, " + last.offset(),
          "let it end a multiple of the hop before the request, or choose a hop that divides it");
    }
    return new WindowBounds.Trailing(length, hop, offset);
  }

  private WindowBounds session(Window.Session session) {
    session.mistakes().forEach(m -> error(m.problem(), m.cure()));
    long gap = positive("its session's gap is ", session.gap(), "session(minutes(30), days(1))");
    if (session.max() == null) {
      error(
          "its session has no maximum, so it could reach back for ever",
          "say how far back it may go: session(gap).within(days(1))");
      return new WindowBounds.Session(gap, gap);
    }
    long most =
        positive("its session's maximum is ", session.max(), "session(gap).within(days(1))");
    if (most < gap) {
      error(
          "its session's maximum is "
              + session.max()
              + ", shorter than its gap of "
              + session.gap(),
          "let the maximum be at least the gap");
    }
    return new WindowBounds.Session(gap, most);
  }

  /** The microseconds of a duration, 1 after reporting one that can't be. */
  private long positive(String what, Duration duration, String example) {
    if (duration.isNegative() || duration.isZero() || duration.getNano() % 1_000 != 0) {
      error(
          what + duration + ", which is not a positive number of microseconds",
          "give a positive duration: " + example);
      return 1;
    }
    Optional<Long> micros = DurationMicros.of(duration);
    if (micros.isEmpty()) {
      error(what + duration + ", more than 292 000 years", "give a shorter duration");
    }
    return micros.orElse(1L);
  }

  private void error(String problem, String cure) {
    errors.accept(new DefinitionError(subject, problem, cure));
  }
}
