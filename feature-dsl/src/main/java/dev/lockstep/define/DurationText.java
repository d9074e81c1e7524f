package dev.lockstep.define;

import java.time.Duration;

/** A duration as people write it: 10m, 1h, 24h, 90d, else as ISO 8601 has it. */
public final class DurationText {
  private DurationText() {}

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
