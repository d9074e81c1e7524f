package dev.lockstep.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.time.Micros;
import dev.lockstep.time.WindowBounds;
import dev.lockstep.time.WindowBounds.Calendar;
import dev.lockstep.time.WindowBounds.CalendarUnit;
import dev.lockstep.time.WindowBounds.LocalTumbling;
import dev.lockstep.time.WindowBounds.PreviousCalendar;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import org.junit.jupiter.api.Test;

/** C3: windows whose ends are local times, where clocks are put back, or leave something out. */
class CalendarBoundsTest {
  private static final Duration STEP = Duration.ofMinutes(13);

  /** In Newfoundland clocks went from 00:01 back to 23:01 of the day before. */
  @Test
  void aDayThatHasBegunGoesOn() {
    ZoneId zone = ZoneId.of("America/St_Johns");
    WindowBounds days = new Calendar(CalendarUnit.DAY, zone);
    Instant sunday = LocalDate.of(2006, 10, 29).atStartOfDay(zone).toInstant();
    Instant again = sunday.plus(Duration.ofMinutes(20));
    assertEquals(LocalDate.of(2006, 10, 28), LocalDate.ofInstant(again, zone));
    assertEquals(Micros.of(sunday) - 1, days.after(Micros.of(again)));
    assertEquals(Micros.of(sunday) - 1, days.after(Micros.of(sunday.plusSeconds(30))));
    assertEquals(
        Micros.of(sunday.minus(Duration.ofDays(1))) - 1,
        days.after(Micros.of(sunday.minusSeconds(1))));
  }

  /** In Samoa there was no 30th of December 2011. */
  @Test
  void aDayThatNeverWasIsNoneBefore() {
    ZoneId zone = ZoneId.of("Pacific/Apia");
    long noon = Micros.of(Instant.parse("2011-12-30T22:00:00Z")); // the 31st, 12:00
    WindowBounds day = new PreviousCalendar(CalendarUnit.DAY, zone);
    assertEquals(Micros.of(Instant.parse("2011-12-29T10:00:00Z")) - 1, day.after(noon));
    assertEquals(Micros.of(Instant.parse("2011-12-30T10:00:00Z")) - 1, day.through(noon));
    WindowBounds cell = new LocalTumbling(Micros.PER_DAY, zone);
    assertEquals(Micros.of(Instant.parse("2011-12-29T10:00:00Z")), cell.after(noon));
    assertEquals(Micros.of(Instant.parse("2011-12-30T10:00:00Z")), cell.through(noon));
  }

  @Test
  void weeksBeginOnMondayAndQuartersInJanuary() {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    long t = Micros.of(Instant.parse("2026-05-10T21:59:59Z")); // Sunday, 23:59:59
    assertEquals(
        Micros.of(Instant.parse("2026-05-03T22:00:00Z")) - 1,
        new Calendar(CalendarUnit.WEEK, zone).after(t));
    assertEquals(
        Micros.of(Instant.parse("2026-03-31T22:00:00Z")) - 1,
        new Calendar(CalendarUnit.QUARTER, zone).after(t));
    WindowBounds week = new PreviousCalendar(CalendarUnit.WEEK, zone);
    assertEquals(Micros.of(Instant.parse("2026-04-26T22:00:00Z")) - 1, week.after(t));
    assertEquals(Micros.of(Instant.parse("2026-05-03T22:00:00Z")) - 1, week.through(t));
    WindowBounds quarter = new PreviousCalendar(CalendarUnit.QUARTER, zone);
    assertEquals(Micros.of(Instant.parse("2025-12-31T23:00:00Z")) - 1, quarter.after(t));
    assertEquals(Micros.of(Instant.parse("2026-03-31T22:00:00Z")) - 1, quarter.through(t));
  }

  /** In Berlin, where 02:00 to 03:00 comes twice on 2025-10-26 and never on 2025-03-30. */
  @Test
  void hoursOfLocalTime() {
    WindowBounds hours = new LocalTumbling(3_600 * Micros.PER_SECOND, ZoneId.of("Europe/Berlin"));
    long twice = Micros.of(Instant.parse("2025-10-26T02:10:00Z")); // 03:10
    assertEquals(Micros.of(Instant.parse("2025-10-26T00:00:00Z")), hours.after(twice));
    assertEquals(Micros.of(Instant.parse("2025-10-26T02:00:00Z")), hours.through(twice));
    long never = Micros.of(Instant.parse("2025-03-30T01:10:00Z")); // 03:10
    assertEquals(Micros.of(Instant.parse("2025-03-30T00:00:00Z")), hours.after(never));
    assertEquals(Micros.of(Instant.parse("2025-03-30T01:00:00Z")), hours.through(never));
  }

  /** Each transition there ever was that put the date back: no bound moves back with it. */
  @Test
  void boundsNeverMoveBack() {
    int transitions = 0;
    for (String id : ZoneId.getAvailableZoneIds().stream().sorted().toList()) {
      ZoneId zone = ZoneId.of(id);
      for (ZoneOffsetTransition change : zone.getRules().getTransitions()) {
        LocalDate before = change.getDateTimeBefore().minusNanos(1).toLocalDate();
        boolean isDatePutBack =
            change.isOverlap() && change.getDateTimeAfter().toLocalDate().isBefore(before);
        boolean leavesOutMuch = change.isGap() && change.getDuration().toHours() > 2;
        if (isDatePutBack || leavesOutMuch) {
          transitions++;
          for (CalendarUnit unit : CalendarUnit.values()) {
            check(new Calendar(unit, zone), change.getInstant());
            check(new PreviousCalendar(unit, zone), change.getInstant());
          }
          check(new LocalTumbling(1_800 * Micros.PER_SECOND, zone), change.getInstant());
          check(new LocalTumbling(Micros.PER_DAY, zone), change.getInstant());
        }
      }
    }
    assertTrue(transitions > 20, transitions + " such transitions");
  }

  private static void check(WindowBounds window, Instant change) {
    long last = Long.MIN_VALUE;
    long lastThrough = Long.MIN_VALUE;
    Instant end = change.plus(Duration.ofHours(26));
    for (Instant t = change.minus(Duration.ofHours(26)); t.isBefore(end); t = t.plus(STEP)) {
      long micros = Micros.of(t);
      long after = window.after(micros);
      long through = window.through(micros);
      assertTrue(after >= last && through >= lastThrough, window + " moved back at " + t);
      assertTrue(after < through && through <= micros, window + " is none at " + t);
      assertTrue(after >= micros - window.reachMicros(), window + " reaches further at " + t);
      NaiveWindow right = NaiveWindow.asOf(window, micros);
      assertEquals(right.after(), BigInteger.valueOf(after), window + " at " + t);
      assertEquals(right.through(), BigInteger.valueOf(through), window + " at " + t);
      last = after;
      lastThrough = through;
    }
  }
}
