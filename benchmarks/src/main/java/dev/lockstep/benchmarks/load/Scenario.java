package dev.lockstep.benchmarks.load;

import java.time.Duration;
import java.util.List;

/** One hot entity's load: the windows over it, what is summed and how, and how events arrive. */
public enum Scenario {
  TEN_WINDOWS("100 features, integers", Lengths.TEN, Sums.LONG, Arriving.EACH_SECOND),
  TEN_WINDOWS_PLAIN(
      "  the same, plain long sums", Lengths.TEN, Sums.PLAIN_LONG, Arriving.EACH_SECOND),
  TEN_WINDOWS_LATE(
      "  the same, 1 % late by up to 5 s", Lengths.TEN, Sums.LONG, Arriving.SOMETIMES_LATE),
  ONE_WINDOW("10 features over 1 h, integers", Lengths.HOUR, Sums.LONG, Arriving.EACH_SECOND),
  TEN_WINDOWS_DOUBLE("100 features, doubles", Lengths.TEN, Sums.DOUBLE, Arriving.EACH_SECOND),
  TEN_WINDOWS_PLAIN_DOUBLE(
      "  the same, plain double sums", Lengths.TEN, Sums.PLAIN_DOUBLE, Arriving.EACH_SECOND),
  HOUR("10 features over 1 h, an event in 10 s", Lengths.HOUR, Sums.LONG, Arriving.EACH_10_SECONDS),
  MONTH(
      "10 features over 30 d, an event in 10 s",
      Lengths.MONTH,
      Sums.LONG,
      Arriving.EACH_10_SECONDS);

  /** What the sums, means and deviations are of. */
  public enum Sums {
    LONG(true, true),
    DOUBLE(false, true),
    PLAIN_LONG(true, false),
    PLAIN_DOUBLE(false, false);

    private final boolean isOfIntegers;
    final boolean isExact;

    Sums(boolean isOfIntegers, boolean isExact) {
      this.isOfIntegers = isOfIntegers;
      this.isExact = isExact;
    }

    public boolean isOfIntegers() {
      return isOfIntegers;
    }
  }

  private final String text;
  private final List<Duration> windows;
  private final Sums sums;
  private final Arriving arriving;

  Scenario(String text, List<Duration> windows, Sums sums, Arriving arriving) {
    this.text = text;
    this.windows = windows;
    this.sums = sums;
    this.arriving = arriving;
  }

  /** What it is, for people; under the one it is compared with, indented. */
  public String text() {
    return text;
  }

  /** The lengths of the windows, each of ten features. */
  public List<Duration> windows() {
    return windows;
  }

  public Sums sums() {
    return sums;
  }

  public Arriving arriving() {
    return arriving;
  }

  /** Lengths of windows: a class of their own, as an enum's constants come before its fields. */
  private static final class Lengths {
    static final List<Duration> HOUR = List.of(Duration.ofHours(1));
    static final List<Duration> MONTH = List.of(Duration.ofDays(30));
    static final List<Duration> TEN =
        List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8),
            Duration.ofHours(12),
            Duration.ofHours(24));
  }
}
