package dev.lockstep.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.time.Micros;
import dev.lockstep.time.WindowBounds;
import dev.lockstep.time.WindowBounds.Calendar;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import org.junit.jupiter.api.Test;

/** C3: days and months to date where clocks are put back over midnight. */
class CalendarBoundsTest {
  private static final Duration STEP = Duration.ofMinutes(13);

  /** In Newfoundland clocks went from 00:01 back to 23:01 of the day before. */
  @Test
  void aDayThatHasBegunGoesOn() {
    ZoneId zone = ZoneId.of("America/St_Johns");
    WindowBounds days = new Calendar(Calendar.Unit.DAY, zone);
    Instant sunday = LocalDate.of(2006, 10, 29).atStartOfDay(zone).toInstant();
    Instant again = sunday.plus(Duration.ofMinutes(20));
    assertEquals(LocalDate.of(2006, 10, 28), LocalDate.ofInstant(again, zone));
    assertEquals(Micros.of(sunday) - 1, days.after(Micros.of(again)));
    assertEquals(Micros.of(sunday) - 1, days.after(Micros.of(sunday.plusSeconds(30))));
    assertEquals(
        Micros.of(sunday.minus(Duration.ofDays(1))) - 1,
        days.after(Micros.of(sunday.minusSeconds(1))));
  }

  /** Each transition there ever was that put the date back: no bound moves back with it. */
  @Test
  void boundsNeverMoveBack() {
    int transitions = 0;
    for (String id : ZoneId.getAvailableZoneIds().stream().sorted().toList()) {
      ZoneId zone = ZoneId.of(id);
      for (ZoneOffsetTransition change : zone.getRules().getTransitions()) {
        LocalDate before = change.getDateTimeBefore().minusNanos(1).toLocalDate();
        if (change.isOverlap() && change.getDateTimeAfter().toLocalDate().isBefore(before)) {
          transitions++;
          for (Calendar.Unit unit : Calendar.Unit.values()) {
            check(new Calendar(unit, zone), change.getInstant());
          }
        }
      }
    }
    assertTrue(transitions > 20, transitions + " such transitions");
  }

  private static void check(Calendar window, Instant change) {
    long last = Long.MIN_VALUE;
    Instant end = change.plus(Duration.ofHours(26));
    for (Instant t = change.minus(Duration.ofHours(26)); t.isBefore(end); t = t.plus(STEP)) {
      long micros = Micros.of(t);
      long after = window.after(micros);
      assertTrue(after >= last, window + " moved back at " + t);
      assertTrue(after >= micros - window.reachMicros(), window + " reaches further at " + t);
      assertEquals(
          NaiveWindow.asOf(window, micros).after(), BigInteger.valueOf(after), window + " at " + t);
      last = after;
    }
  }
}
