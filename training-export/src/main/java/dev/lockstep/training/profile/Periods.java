package dev.lockstep.training.profile;

import dev.lockstep.time.Micros;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Event time in at most {@value #MOST} periods of equal length that begin at round times of UTC:
 * days, weeks, or parts of a day (of those at most {@value #MOST_PARTS}). The first and the last
 * may be filled in part.
 *
 * @param originMicros where the first begins
 * @param widthMicros how long each is
 * @param count how many, at least one
 */
record Periods(long originMicros, long widthMicros, int count) {
  static final int MOST = 35;
  static final int MOST_PARTS = 20;

  private static final long SECOND = Micros.PER_SECOND;
  private static final long DAY = 86_400 * SECOND;

  /** In seconds; each at most two and a half times the one before. */
  private static final long[] WIDTHS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200
  };

  private static final long[] DAYS = {1, 7, 28, 84, 364};

  /** The periods of a range, both ends in it. */
  static Periods of(long firstMicros, long lastMicros) {
    for (long width : WIDTHS) {
      Periods periods = of(firstMicros, lastMicros, width * SECOND);
      if (periods.count <= MOST_PARTS) {
        return periods;
      }
    }
    for (long days : DAYS) {
      Periods periods = of(firstMicros, lastMicros, days * DAY);
      if (periods.count <= MOST) {
        return periods;
      }
    }
    return of(
        firstMicros,
        lastMicros,
        (lastMicros / (MOST - 1) - firstMicros / (MOST - 1)) / DAY * DAY + DAY);
  }

  // Days are counted from the first one, parts of days from midnight.
  private static Periods of(long first, long last, long width) {
    long unit = Math.min(width, DAY);
    long origin = Math.floorDiv(first, unit) * unit;
    long count = Math.floorDiv(last - origin, width) + 1;
    return new Periods(origin, width, (int) Math.min(count, Integer.MAX_VALUE));
  }

  /**
   * How many periods together are a week, or a day in sets of few days: what comes again each week
   * or each day is no drift. One where the set is too short for either.
   */
  int cycle() {
    double days = (double) widthMicros * count / DAY;
    if (widthMicros < 7 * DAY && days >= 21) {
      return (int) ((7 * DAY + widthMicros - 1) / widthMicros);
    }
    return widthMicros < DAY && days >= 3 ? (int) (DAY / widthMicros) : 1;
  }

  /** The period of a time; times outside have the nearest. */
  int of(double timeMicros) {
    long period = Math.floorDiv((long) timeMicros - originMicros, widthMicros);
    return (int) Math.max(0, Math.min(period, count - 1));
  }

  /** The periods of all times. */
  int[] of(double[] timesMicros) {
    int[] periods = new int[timesMicros.length];
    for (int i = 0; i < periods.length; i++) {
      periods[i] = of(timesMicros[i]);
    }
    return periods;
  }

  Instant start(int period) {
    return Micros.toInstant(originMicros + period * widthMicros);
  }

  /** Each period's beginning, as fine as it must be. */
  List<String> names() {
    String pattern =
        widthMicros >= DAY ? "yyyy-MM-dd" : widthMicros >= 60 * SECOND ? "MM-dd HH:mm" : "HH:mm:ss";
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(format.format(start(i)));
    }
    return names;
  }

  /** The length in words, such as {@code 2 days}. */
  String width() {
    long seconds = widthMicros / SECOND;
    if (seconds % 86_400 == 0) {
      return plural(seconds / 86_400, "day");
    }
    if (seconds % 3600 == 0) {
      return plural(seconds / 3600, "hour");
    }
    return seconds % 60 == 0 ? plural(seconds / 60, "minute") : plural(seconds, "second");
  }

  private static String plural(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }
}
