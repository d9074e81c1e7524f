package dev.lockstep.define;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
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
    return new Tumbling(length, null);
  }

  /**
   * The last whole cell of a grid of a zone's local times: {@code tumbling(days(1), zone)} is the
   * last whole day, from midnight to midnight, {@code tumbling(hours(6), zone)} the last quarter of
   * one. The length divides a day, or is whole days.
   */
  static Window tumbling(Duration length, ZoneId zone) {
    return new Tumbling(length, zone);
  }

  /** Trailing windows of several lengths, for a feature of each: {@link FeatureView#features}. */
  static Windows last(Duration first, Duration second, Duration... more) {
    return Windows.trailing(first, second, more);
  }

  /**
   * The newest n events up to t, however old; a feature's {@code where} then chooses among these n.
   * An entity is never forgotten, but for {@code lastEvents(n).within(d)}: the newest n of those of
   * {@code last(d)}.
   */
  static LastEvents lastEvents(int n) {
    return new LastEvents(n, null, List.of());
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
    return new ToDate(Unit.DAY, zone);
  }

  /** The week of t in a zone, from Monday's first instant on, up to t. */
  static Window weekToDate(ZoneId zone) {
    return new ToDate(Unit.WEEK, zone);
  }

  /** The month of t in a zone, from its first instant on, which belongs to it, up to t. */
  static Window monthToDate(ZoneId zone) {
    return new ToDate(Unit.MONTH, zone);
  }

  /** The quarter of t in a zone, from its first instant on, up to t. */
  static Window quarterToDate(ZoneId zone) {
    return new ToDate(Unit.QUARTER, zone);
  }

  /** The whole day before that of t in a zone. */
  static Window previousDay(ZoneId zone) {
    return new Previous(Unit.DAY, zone);
  }

  /** The whole week, from Monday on, before that of t in a zone. */
  static Window previousWeek(ZoneId zone) {
    return new Previous(Unit.WEEK, zone);
  }

  /** The whole month before that of t in a zone. */
  static Window previousMonth(ZoneId zone) {
    return new Previous(Unit.MONTH, zone);
  }

  /** The whole quarter before that of t in a zone. */
  static Window previousQuarter(ZoneId zone) {
    return new Previous(Unit.QUARTER, zone);
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

  /**
   * The last whole window of a grid.
   *
   * @param zone of whose local times; null for a grid from the epoch
   */
  record Tumbling(Duration length, @Nullable ZoneId zone) implements Window {
    @Override
    public String toString() {
      return "tumbling(" + DurationText.of(length) + (zone == null ? "" : ", " + zone) + ")";
    }
  }

  /**
   * The newest events.
   *
   * @param most how old they may be; null for any age
   * @param mistakes settings given twice, for the plan to report
   */
  record LastEvents(int n, @Nullable Duration most, List<DefinitionError> mistakes)
      implements Window {

    public LastEvents {
      mistakes = List.copyOf(mistakes);
    }

    /** The same of those alone that {@code last(age)} holds. */
    public LastEvents within(Duration age) {
      return new LastEvents(n, age, SetOnce.more(mistakes, "within", most, age));
    }

    @Override
    public String toString() {
      return "lastEvents("
          + n
          + ")"
          + (most == null ? "" : ".within(" + DurationText.of(most) + ")");
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

  /** A unit of the calendar. */
  enum Unit {
    DAY,
    WEEK,
    MONTH,
    QUARTER;

    /** As it is written within a name: {@code day}, {@code Day}. */
    String word(boolean capital) {
      String lower = name().toLowerCase(Locale.ROOT);
      return capital ? name().charAt(0) + lower.substring(1) : lower;
    }
  }

  /** A calendar unit to date. */
  record ToDate(Unit unit, ZoneId zone) implements Window {
    @Override
    public String toString() {
      return unit.word(false) + "ToDate(" + zone + ")";
    }
  }

  /** The whole calendar unit before. */
  record Previous(Unit unit, ZoneId zone) implements Window {
    @Override
    public String toString() {
      return "previous" + unit.word(true) + "(" + zone + ")";
    }
  }
}
