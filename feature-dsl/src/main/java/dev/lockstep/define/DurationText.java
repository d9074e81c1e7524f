package dev.lockstep.define;

import java.time.Duration;

/** A duration as people write it: 10m, 1h, 24h, 90d, else as ISO 8601 has it. */
public final class DurationText {
  private DurationText() {}

  /**
   * A length of time in words, as its two greatest units have it: 953 days, 6 h, 1 h 2 min, 14 s.
   *
   * @param duration zero or more
   */
  public static String inWords(Duration duration) {
    if (duration.toDays() > 1) {
      return duration.toDays() + " days" + more(duration.toHoursPart(), "h");
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h" + more(duration.toMinutesPart(), "min");
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min" + more(duration.toSecondsPart(), "s");
    }
    return duration.toSeconds() > 0
        ? duration.toSeconds() + " s" + more(duration.toMillisPart(), "ms")
        : duration.toNanos() / 1_000_000.0 + " ms";
  }

  private static String more(int count, String unit) {
    return count == 0 ? "" : " " + count + " " + unit;
  }

  public static String of(Duration duration) {
    long seconds = duration.getSeconds();
    if (duration.getNano() != 0 || seconds <= 0) {
      return duration.toString();
    }
    if (seconds % 86_400 == 0 && seconds > 86_400) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
