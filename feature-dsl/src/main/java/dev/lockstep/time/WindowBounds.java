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

  /** {@code lastEvents(n)}: the newest n up to t. */
  record NewestEvents(int newest) implements WindowBounds {
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

  /**
   * The day or month to date: from its first instant in a zone, which belongs to it, to t. It is
   * the last one whose first instant isn't after t.
   */
  record Calendar(Unit unit, ZoneId zone) implements WindowBounds {
    /** What begins anew. */
    public enum Unit {
      DAY,
      MONTH
    }

    /** Longer than any day was: zones have repeated a whole one. */
    private static final long DAYS = 2;

    @Override
    public long after(long timeMicros) {
      if (timeMicros < Long.MIN_VALUE + reachMicros()) {
        return Long.MIN_VALUE; // its first day began before all time
      }
      Instant now = Micros.toInstant(timeMicros);
      LocalDate day = LocalDate.ofInstant(now, zone);
      LocalDate first = unit == Unit.DAY ? day : day.withDayOfMonth(1);
      Instant start = first.atStartOfDay(zone).toInstant();
      if (!zone.getRules().isFixedOffset()) {
        // Where clocks are put back over midnight, the next one has begun all the same.
        first = next(first);
        for (Instant next = first.atStartOfDay(zone).toInstant(); !next.isAfter(now); ) {
          start = next;
          first = next(first);
          next = first.atStartOfDay(zone).toInstant();
        }
      }
      return Math.min(Micros.of(start), timeMicros) - 1;
    }

    private LocalDate next(LocalDate first) {
      return unit == Unit.DAY ? first.plusDays(1) : first.plusMonths(1);
    }

    @Override
    public long reachMicros() {
      return (unit == Unit.DAY ? DAYS : 31 + DAYS) * 24 * 3_600 * Micros.PER_SECOND;
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
