package dev.lockstep.testing;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.time.Micros;
import dev.lockstep.time.WindowBounds;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What each window is, in integers without bounds (C3).
 *
 * @param after the exclusive lower bound
 * @param through the inclusive upper bound
 */
record NaiveWindow(WindowBounds window, BigInteger now, BigInteger after, BigInteger through) {
  private static final BigInteger BEFORE_ALL = BigInteger.ONE.shiftLeft(80).negate();

  static NaiveWindow asOf(WindowBounds window, long timeMicros) {
    BigInteger t = BigInteger.valueOf(timeMicros);
    if (window instanceof WindowBounds.Trailing w) {
      BigInteger offset = BigInteger.valueOf(w.offsetMicros());
      BigInteger start = t.subtract(offset).subtract(BigInteger.valueOf(w.lengthMicros()));
      BigInteger end = t.subtract(offset);
      return new NaiveWindow(
          window,
          t,
          floor(start, w.hopMicros()),
          w.offsetMicros() == 0 ? t : floor(end, w.hopMicros()));
    }
    if (window instanceof WindowBounds.Tumbling w) {
      BigInteger end = floor(t, w.lengthMicros());
      return new NaiveWindow(window, t, end.subtract(BigInteger.valueOf(w.lengthMicros())), end);
    }
    if (window instanceof WindowBounds.Session w) {
      return new NaiveWindow(window, t, t.subtract(BigInteger.valueOf(w.mostMicros())), t);
    }
    if (window instanceof WindowBounds.Calendar w) {
      BigInteger begins = begun(daysOf(w.unit(), w.zone(), timeMicros), w.zone(), t).last();
      return new NaiveWindow(window, t, begins.subtract(BigInteger.ONE), t);
    }
    if (window instanceof WindowBounds.PreviousCalendar w) {
      var begun = begun(daysOf(w.unit(), w.zone(), timeMicros), w.zone(), t);
      BigInteger ends = begun.last();
      return new NaiveWindow(
          window, t, begun.lower(ends).subtract(BigInteger.ONE), ends.subtract(BigInteger.ONE));
    }
    if (window instanceof WindowBounds.LocalTumbling w) {
      var begun = begun(cellsOf(w, timeMicros), w.zone(), t);
      return new NaiveWindow(window, t, begun.lower(begun.last()), begun.last());
    }
    if (window instanceof WindowBounds.NewestEvents w
        && w.withinMicros() != WindowBounds.UNBOUNDED) {
      return new NaiveWindow(window, t, t.subtract(BigInteger.valueOf(w.withinMicros())), t);
    }
    return new NaiveWindow(window, t, BEFORE_ALL, t);
  }

  /** The first days of units of the calendar around a time. */
  private static List<LocalDateTime> daysOf(
      WindowBounds.CalendarUnit unit, ZoneId zone, long timeMicros) {
    int many =
        switch (unit) {
          case DAY -> 4;
          case WEEK -> 17;
          case MONTH -> 66;
          case QUARTER -> 190;
        };
    List<LocalDateTime> first = new ArrayList<>();
    LocalDate day = Micros.toInstant(timeMicros).atZone(zone).toLocalDate();
    for (int days = -many; days <= 3; days++) {
      LocalDate candidate = day.plusDays(days);
      boolean begins =
          switch (unit) {
            case DAY -> true;
            case WEEK -> candidate.getDayOfWeek() == DayOfWeek.MONDAY;
            case MONTH -> candidate.getDayOfMonth() == 1;
            case QUARTER ->
                candidate.getDayOfMonth() == 1
                    && List.of(1, 4, 7, 10).contains(candidate.getMonthValue());
          };
      if (begins) {
        first.add(candidate.atTime(LocalTime.MIDNIGHT));
      }
    }
    return first;
  }

  /** The beginnings of cells of local time around a time. */
  private static List<LocalDateTime> cellsOf(WindowBounds.LocalTumbling w, long timeMicros) {
    LocalDateTime epoch = LocalDate.EPOCH.atTime(LocalTime.MIDNIGHT);
    LocalDateTime shown = Micros.toInstant(timeMicros).atZone(w.zone()).toLocalDateTime();
    long length = w.lengthMicros() / 1_000_000;
    long cell = Math.floorDiv(Duration.between(epoch, shown).getSeconds(), length);
    long around = 2 + 2 * 86_400 / length;
    List<LocalDateTime> cells = new ArrayList<>();
    for (long k = cell - around; k <= cell + around; k++) {
      cells.add(epoch.plusSeconds(k * length));
    }
    return cells;
  }

  /** When those of local times began that have, as of a time. */
  private static TreeSet<BigInteger> begun(
      List<LocalDateTime> local, ZoneId zone, BigInteger timeMicros) {
    TreeSet<BigInteger> begun = new TreeSet<>();
    for (LocalDateTime one : local) {
      BigInteger begins = beginning(zone, one);
      if (begins.compareTo(timeMicros) <= 0) {
        begun.add(begins);
      }
    }
    return begun;
  }

  /** The first instant at which a zone's clocks show a local time or a later one. */
  private static BigInteger beginning(ZoneId zone, LocalDateTime first) {
    // In a gap the first offset, before it, gives a time that the zone shows as the gap's end.
    var transition = zone.getRules().getTransition(first);
    if (transition != null && transition.isGap()) {
      return micros(transition.getInstant().getEpochSecond());
    }
    ZoneOffset offset = zone.getRules().getValidOffsets(first).get(0);
    return micros(first.toEpochSecond(offset));
  }

  private static BigInteger micros(long seconds) {
    return BigInteger.valueOf(seconds).multiply(BigInteger.valueOf(1_000_000));
  }

  private static BigInteger floor(BigInteger micros, long unit) {
    if (unit == 0) {
      return micros;
    }
    return micros.subtract(micros.mod(BigInteger.valueOf(unit)));
  }

  /** The events of the window among known ones, which are in the window's order. */
  List<SourceRow> of(List<SourceRow> known) {
    List<SourceRow> inBounds = new ArrayList<>();
    for (SourceRow event : known) {
      BigInteger time = BigInteger.valueOf(event.eventTimeMicros());
      if (after.compareTo(time) < 0 && time.compareTo(through) <= 0) {
        inBounds.add(event);
      }
    }
    int from = 0;
    if (window instanceof WindowBounds.NewestEvents w) {
      from = Math.max(0, inBounds.size() - w.newest());
    } else if (window instanceof WindowBounds.Session w) {
      BigInteger gap = BigInteger.valueOf(w.gapMicros());
      BigInteger next = now;
      from = inBounds.size();
      while (from > 0) {
        BigInteger time = BigInteger.valueOf(inBounds.get(from - 1).eventTimeMicros());
        if (next.subtract(time).compareTo(gap) > 0) {
          break;
        }
        next = time;
        from--;
      }
    }
    return inBounds.subList(from, inBounds.size());
  }
}
