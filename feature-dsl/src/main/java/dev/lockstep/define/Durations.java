package dev.lockstep.define;

import java.time.Duration;

/** Short names for durations, to be imported statically. */
public final class Durations {
  private Durations() {}

  public static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  public static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  public static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }

  public static Duration days(long days) {
    return Duration.ofDays(days);
  }
}
