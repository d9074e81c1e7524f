package dev.lockstep.testing;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.time.Micros;
import dev.lockstep.time.WindowBounds;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

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
      return new NaiveWindow(window, t, beginning(w, timeMicros).subtract(BigInteger.ONE), t);
    }
    return new NaiveWindow(window, t, BEFORE_ALL, t);
  }

  /** The latest beginning of a local day or month that isn't after a time. */
  private static BigInteger beginning(WindowBounds.Calendar w, long timeMicros) {
    BigInteger latest = BEFORE_ALL;
    LocalDate day = Micros.toInstant(timeMicros).atZone(w.zone()).toLocalDate();
    for (int days = -33; days <= 33; days++) {
      LocalDate candidate = day.plusDays(days);
      if (w.unit() == WindowBounds.Calendar.Unit.DAY || candidate.getDayOfMonth() == 1) {
        BigInteger begins = beginning(w, LocalDateTime.of(candidate, LocalTime.MIDNIGHT));
        if (begins.compareTo(BigInteger.valueOf(timeMicros)) <= 0) {
          latest = latest.max(begins);
        }
      }
    }
    return latest;
  }

  /** The first instant of a local day: the first second of it that the zone has. */
  private static BigInteger beginning(WindowBounds.Calendar w, LocalDateTime first) {
    // In a gap the first offset, before it, gives a time that the zone shows as the gap's end.
    var transition = w.zone().getRules().getTransition(first);
    if (transition != null && transition.isGap()) {
      return micros(transition.getInstant().getEpochSecond());
    }
    ZoneOffset offset = w.zone().getRules().getValidOffsets(first).get(0);
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
