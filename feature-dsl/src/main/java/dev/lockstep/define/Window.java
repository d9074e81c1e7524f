package dev.lockstep.define;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the known events a value is computed over, as of a request's event time t (C3).
 *
 * <p>Durations are positive and in whole microseconds; the plan reports any other.
 */
public sealed interface Window extends Serializable {

  /** The trailing window (t - length, t]: an event exactly {@code length} old has left. */
  static Last last(Duration length) {
    return new Last(length, null, null, List.of());
  }

  /**
   * The last whole window of a grid: (k length - length, k length] with k = floor(t / length),
   * counted from the epoch in UTC.
   */
  static Window tumbling(Duration length) {
    return new Tumbling(length);
  }

  /**
   * The newest n events up to t, however old; a feature's {@code where} then chooses among these n.
   * An entity is never forgotten.
   */
  static Window lastEvents(int n) {
    return new LastEvents(n);
  }

  /**
   * Back from t in steps of at most {@code gap}, within {@code last(max)}; empty where the newest
   * event is longer ago than the gap.
   */
  static Window session(Duration gap, Duration max) {
    return new Session(gap, max, List.of());
  }

  /** A session that still lacks its maximum: say {@code session(gap).within(max)}. */
  static Session session(Duration gap) {
    return new Session(gap, null, List.of());
  }

  /** All events up to t. An entity's events are kept for ever. */
  static Window lifetime() {
    return new Lifetime();
  }

  /** The day of t in a zone, from its first instant on, which belongs to it, up to t. */
  static Window dayToDate(ZoneId zone) {
    return new ToDate(ToDate.Unit.DAY, zone);
  }

  /** The month of t in a zone, from its first instant on, which belongs to it, up to t. */
  static Window monthToDate(ZoneId zone) {
    return new ToDate(ToDate.Unit.MONTH, zone);
  }

  /** The window after t: (t, t + length]. Only a label can look there: {@link Label#of}. */
  static Window next(Duration length) {
    return new Next(length);
  }

  /**
   * The trailing window of a length.
   *
   * @param hop to which its bounds are rounded down, but for an end at t; null for none
   * @param offset how long before t it ends; null for t itself
   * @param mistakes settings given twice, for the plan to report
   */
  record Last(
      Duration length,
      @Nullable Duration hop,
      @Nullable Duration offset,
      List<DefinitionError> mistakes)
      implements Window {

    public Last {
      mistakes = List.copyOf(mistakes);
    }

    /**
     * The same with its start rounded down to a multiple of {@code hop} since the epoch: (floor(t -
     * length), t]. At most the length, and a divisor of the offset if there is one.
     */
    public Last hop(Duration every) {
      return new Last(length, every, offset, SetOnce.more(mistakes, "hop", hop, every));
    }

    /** The same as of {@code before} ago: (t - before - length, t - before]. */
    public Last endingBefore(Duration before) {
      return new Last(length, hop, before, SetOnce.more(mistakes, "endingBefore", offset, before));
    }

    @Override
    public String toString() {
      return "last("
          + DurationText.of(length)
          + ")"
          + (hop == null ? "" : ".hop(" + DurationText.of(hop) + ")")
          + (offset == null ? "" : ".endingBefore(" + DurationText.of(offset) + ")");
    }
  }

  /** The window after the request. */
  record Next(Duration length) implements Window {
    @Override
    public String toString() {
      return "next(" + DurationText.of(length) + ")";
    }
  }

  /** The last whole window of a grid. */
  record Tumbling(Duration length) implements Window {
    @Override
    public String toString() {
      return "tumbling(" + DurationText.of(length) + ")";
    }
  }

  /** The newest events. */
  record LastEvents(int n) implements Window {
    @Override
    public String toString() {
      return "lastEvents(" + n + ")";
    }
  }

  /**
   * A run of events with short steps between them.
   *
   * @param max how far back it may reach; the plan reports a session without
   * @param mistakes settings given twice, for the plan to report
   */
  record Session(Duration gap, @Nullable Duration max, List<DefinitionError> mistakes)
      implements Window {

    public Session {
      mistakes = List.copyOf(mistakes);
    }

    /** The same, reaching back at most so far. */
    public Session within(Duration most) {
      return new Session(gap, most, SetOnce.more(mistakes, "within", max, most));
    }

    @Override
    public String toString() {
      return "session("
          + DurationText.of(gap)
          + (max == null ? "" : ", " + DurationText.of(max))
          + ")";
    }
  }

  /** Everything. */
  record Lifetime() implements Window {
    @Override
    public String toString() {
      return "lifetime()";
    }
  }

  /** A calendar unit to date. */
  record ToDate(Unit unit, ZoneId zone) implements Window {
    /** Which. */
    public enum Unit {
      DAY,
      MONTH
    }

    @Override
    public String toString() {
      return (unit == Unit.DAY ? "dayToDate(" : "monthToDate(") + zone + ")";
    }
  }
}
