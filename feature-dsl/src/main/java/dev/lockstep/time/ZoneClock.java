package dev.lockstep.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * What a zone's clocks have shown, for windows whose ends are local times (C3).
 *
 * <p>A local time begins at the first instant at which the clocks show it or a later one: at the
 * end of a gap that leaves it out, and the first of two where they are put back. So what begins
 * later in local time never begins earlier.
 */
final class ZoneClock {
  private static final long NANOS_PER_MICRO = 1_000L;

  /** Longer than clocks were ever put back. */
  private static final long LONGEST_OVERLAP_SECONDS = 2 * 86_400L;

  private ZoneClock() {}

  /** When a local time begins, given as microseconds since 1970-01-01T00:00 of the same clocks. */
  static long beginning(long localMicros, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(localMicros, Micros.PER_SECOND),
            (int) (Math.floorMod(localMicros, Micros.PER_SECOND) * NANOS_PER_MICRO),
            ZoneOffset.UTC);
    ZoneOffsetTransition change = rules.getTransition(local);
    if (change != null && change.isGap()) {
      return Micros.of(change.getInstant());
    }
    return Micros.minusSaturating(localMicros, micros(rules.getValidOffsets(local).get(0)));
  }

  /** The greatest multiple of a length, as a local time, that has begun as of a time. */
  static long lastBegun(long timeMicros, long lengthMicros, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    Instant now = Micros.toInstant(timeMicros);
    long shown = Micros.plusSaturating(timeMicros, micros(rules.getOffset(now)));
    if (!rules.isFixedOffset()) {
      // Where clocks were put back, what they had shown before has begun all the same.
      long since = now.getEpochSecond() - LONGEST_OVERLAP_SECONDS;
      ZoneOffsetTransition change = rules.previousTransition(now.plusNanos(1));
      while (change != null && change.toEpochSecond() > since) {
        long before =
            change.getDateTimeBefore().toEpochSecond(ZoneOffset.UTC) * Micros.PER_SECOND - 1;
        shown = Math.max(shown, before);
        change = rules.previousTransition(change.getInstant());
      }
    }
    return Micros.minusSaturating(shown, Math.floorMod(shown, lengthMicros));
  }

  /** The first day of the last unit that has begun as of a time. */
  static LocalDate lastBegun(Instant now, WindowBounds.CalendarUnit unit, ZoneId zone) {
    LocalDate first = unit.firstOf(LocalDate.ofInstant(now, zone));
    if (!zone.getRules().isFixedOffset()) {
      // Where clocks are put back over midnight, the next one has begun all the same.
      for (LocalDate next = unit.plus(first, 1); !beginning(next, zone).isAfter(now); ) {
        first = next;
        next = unit.plus(first, 1);
      }
    }
    return first;
  }

  /** When a day begins. */
  static Instant beginning(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private static long micros(ZoneOffset offset) {
    return offset.getTotalSeconds() * Micros.PER_SECOND;
  }
}
