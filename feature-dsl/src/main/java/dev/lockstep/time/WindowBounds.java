package dev.lockstep.time;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Which event times a window covers as of a request's, and how many events of those (C3): the
 * arithmetic of every window, in microseconds.
 *
 * <p>A window holds the events after {@link #after} and not after {@link #through}. The bounds
 * never move back when the request's time moves on.
 */
public sealed interface WindowBounds extends Serializable {
  /** Without an end: a reach, a number of events, a gap. */
  long UNBOUNDED = Long.MAX_VALUE;

  /** The exclusive lower bound as of a time; the least long where there is none. */
  long after(long timeMicros);

  /** The inclusive upper bound as of a time. */
  default long through(long timeMicros) {
    return timeMicros;
  }

  /** The greatest number of events held, the newest; {@link Integer#MAX_VALUE} for all. */
  default int newest() {
    return Integer.MAX_VALUE;
  }

  /** The longest step between neighbours, back from the request; {@link #UNBOUNDED} for any. */
  default long gapMicros() {
    return UNBOUNDED;
  }

  /** How far before a request it may read, {@link #UNBOUNDED} for for ever. */
  long reachMicros();

  /** Whether its bounds in time say how long it is: what a rate is per. */
  default boolean hasLength() {
    return true;
  }

  /**
   * {@code last(length).hop(hop).endingBefore(offset)}: (floor(t - offset - length), floor(t -
   * offset)], where floor rounds down to the hop; a window that ends at t isn't rounded there.
   *
   * @param hopMicros 0 for none
   * @param offsetMicros 0 for none
   */
  record Trailing(long lengthMicros, long hopMicros, long offsetMicros) implements WindowBounds {
    @Override
    public long after(long timeMicros) {
      long end = Micros.minusSaturating(timeMicros, offsetMicros);
      return floor(Micros.minusSaturating(end, lengthMicros), hopMicros);
    }

    @Override
    public long through(long timeMicros) {
      return offsetMicros == 0
          ? timeMicros
          : floor(Micros.minusSaturating(timeMicros, offsetMicros), hopMicros);
    }

    @Override
    public long reachMicros() {
      return Micros.plusSaturating(Micros.plusSaturating(lengthMicros, offsetMicros), hopMicros);
    }
  }

  /** {@code tumbling(length)}: the last whole one, (k length - length, k length]. */
  record Tumbling(long lengthMicros) implements WindowBounds {
    @Override
    public long after(long timeMicros) {
      return Micros.minusSaturating(through(timeMicros), lengthMicros);
    }

    @Override
    public long through(long timeMicros) {
      return floor(timeMicros, lengthMicros);
    }

    @Override
    public long reachMicros() {
      return Micros.plusSaturating(lengthMicros, lengthMicros);
    }
  }

  /**
   * {@code lastEvents(n).within(d)}: the newest n up to t, of those of last(d).
   *
   * @param withinMicros {@link #UNBOUNDED} for however old
   */
  record NewestEvents(int newest, long withinMicros) implements WindowBounds {
    public NewestEvents(int newest) {
      this(newest, UNBOUNDED);
    }

    @Override
    public long after(long timeMicros) {
      return withinMicros == UNBOUNDED
          ? Long.MIN_VALUE
          : Micros.minusSaturating(timeMicros, withinMicros);
    }

    @Override
    public long reachMicros() {
      return withinMicros;
    }

    @Override
    public boolean hasLength() {
      return false;
    }
  }

  /** {@code session(gap, max)}: back from t in steps of at most the gap, within last(max). */
  record Session(long gapMicros, long mostMicros) implements WindowBounds {
    @Override
    public long after(long timeMicros) {
      return Micros.minusSaturating(timeMicros, mostMicros);
    }

    @Override
    public long reachMicros() {
      return mostMicros;
    }

    @Override
    public boolean hasLength() {
      return false;
    }
  }

  /** {@code lifetime()}: all up to t. */
  record Lifetime() implements WindowBounds {
    @Override
    public long after(long timeMicros) {
      return Long.MIN_VALUE;
    }

    @Override
    public long reachMicros() {
      return UNBOUNDED;
    }

    @Override
    public boolean hasLength() {
      return false;
    }
  }

  /** A unit of the calendar; weeks begin on Monday. */
  enum CalendarUnit {
    DAY(1),
    WEEK(7),
    MONTH(31),
    QUARTER(92);

    /** How much longer a unit can be in a zone: they have repeated a whole day. */
    private static final long MORE_DAYS = 2;

    private final long mostDays;

    CalendarUnit(long mostDays) {
      this.mostDays = mostDays;
    }

    /** The first day of the unit that a day is in. */
    LocalDate firstOf(LocalDate day) {
      return switch (this) {
        case DAY -> day;
        case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
        case MONTH -> day.withDayOfMonth(1);
        case QUARTER -> day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3);
      };
    }

    /** The first day of the unit so many behind that of which a day is the first. */
    LocalDate plus(LocalDate first, int units) {
      return switch (this) {
        case DAY -> first.plusDays(units);
        case WEEK -> first.plusWeeks(units);
        case MONTH -> first.plusMonths(units);
        case QUARTER -> first.plusMonths(3L * units);
      };
    }

    private long reachMicros(int units) {
      return (units * mostDays + MORE_DAYS) * Micros.PER_DAY;
    }
  }

  /**
   * The day, week, month or quarter to date: from its first instant in a zone, which belongs to it,
   * to t. It is the last one whose first instant isn't after t.
   */
  record Calendar(CalendarUnit unit, ZoneId zone) implements WindowBounds {
    @Override
    public long after(long timeMicros) {
      if (timeMicros < Long.MIN_VALUE + reachMicros()) {
        return Long.MIN_VALUE; // its first day began before all time
      }
      LocalDate first = ZoneClock.lastBegun(Micros.toInstant(timeMicros), unit, zone);
      return Math.min(Micros.of(ZoneClock.beginning(first, zone)), timeMicros) - 1;
    }

    @Override
    public long reachMicros() {
      return unit.reachMicros(1);
    }
  }

  /**
   * The whole day, week, month or quarter before that of t: from its first instant, which belongs
   * to it, to the first instant of t's, which doesn't. Where clocks left out a whole one it is the
   * one before.
   */
  record PreviousCalendar(CalendarUnit unit, ZoneId zone) implements WindowBounds {
    @Override
    public long after(long timeMicros) {
      if (isBeforeAll(timeMicros)) {
        return Long.MIN_VALUE;
      }
      LocalDate first = ZoneClock.lastBegun(Micros.toInstant(timeMicros), unit, zone);
      Instant begins = ZoneClock.beginning(first, zone);
      LocalDate previous = unit.plus(first, -1);
      while (!ZoneClock.beginning(previous, zone).isBefore(begins)) {
        previous = unit.plus(previous, -1);
      }
      return Micros.of(ZoneClock.beginning(previous, zone)) - 1;
    }

    @Override
    public long through(long timeMicros) {
      if (isBeforeAll(timeMicros)) {
        return Long.MIN_VALUE + 1; // not without a length
      }
      LocalDate first = ZoneClock.lastBegun(Micros.toInstant(timeMicros), unit, zone);
      return Math.min(Micros.of(ZoneClock.beginning(first, zone)), timeMicros) - 1;
    }

    private boolean isBeforeAll(long timeMicros) {
      return timeMicros < Long.MIN_VALUE + reachMicros();
    }

    @Override
    public long reachMicros() {
      return unit.reachMicros(2);
    }
  }

  /**
   * {@code tumbling(length, zone)}: the last whole one of a grid of local times, which are
   * multiples of the length since 1970-01-01T00:00.
   */
  record LocalTumbling(long lengthMicros, ZoneId zone) implements WindowBounds {
    /** Of a cell that clocks repeat. */
    private static final long MORE_MICROS = 2 * Micros.PER_DAY;

    @Override
    public long after(long timeMicros) {
      if (isBeforeAll(timeMicros)) {
        return Long.MIN_VALUE;
      }
      long local = ZoneClock.lastBegun(timeMicros, lengthMicros, zone);
      long through = ZoneClock.beginning(local, zone);
      long before;
      do { // more than once where clocks left out whole cells
        local -= lengthMicros;
        before = ZoneClock.beginning(local, zone);
      } while (before >= through);
      return before;
    }

    @Override
    public long through(long timeMicros) {
      return isBeforeAll(timeMicros)
          ? Long.MIN_VALUE + 1 // not without a length
          : ZoneClock.beginning(ZoneClock.lastBegun(timeMicros, lengthMicros, zone), zone);
    }

    private boolean isBeforeAll(long timeMicros) {
      return timeMicros < Micros.plusSaturating(Long.MIN_VALUE, reachMicros());
    }

    @Override
    public long reachMicros() {
      return Micros.plusSaturating(Micros.plusSaturating(lengthMicros, lengthMicros), MORE_MICROS);
    }
  }

  private static long floor(long micros, long unit) {
    if (unit == 0 || micros == Long.MIN_VALUE) {
      return micros;
    }
    long above = Math.floorMod(micros, unit);
    return Micros.minusSaturating(micros, above);
  }
}
