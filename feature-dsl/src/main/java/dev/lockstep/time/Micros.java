package dev.lockstep.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Conversions between {@code java.time} and microseconds since the epoch, the kernel's only clock
 * unit.
 */
public final class Micros {
  public static final long PER_MILLI = 1_000L;
  public static final long PER_SECOND = 1_000_000L;
  public static final long PER_DAY = 86_400 * PER_SECOND;

  private Micros() {}

  /**
   * The microseconds since the epoch of an instant; finer digits are floored.
   *
   * @throws ArithmeticException beyond the signed 64-bit range (about 292 000 years)
   */
  public static long of(Instant instant) {
    long seconds = instant.getEpochSecond();
    long micros = instant.getNano() / 1_000;
    // Before the epoch from the second's end: the first second that is there begins too early.
    return seconds < 0
        ? Math.addExact(Math.multiplyExact(seconds + 1, PER_SECOND), micros - PER_SECOND)
        : Math.addExact(Math.multiplyExact(seconds, PER_SECOND), micros);
  }

  /** The instant at so many microseconds since the epoch. */
  public static Instant toInstant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000);
  }

  /**
   * A day of the calendar as a value: its first instant in UTC, whatever any zone's clocks show.
   *
   * @throws ArithmeticException beyond the signed 64-bit range
   */
  public static long of(LocalDate date) {
    return Math.multiplyExact(date.toEpochDay(), PER_DAY);
  }

  /** The day that such a value is. */
  public static LocalDate toDate(long micros) {
    return LocalDate.ofEpochDay(Math.floorDiv(micros, PER_DAY));
  }

  /**
   * The microseconds of a duration; finer digits are floored.
   *
   * @throws ArithmeticException beyond the signed 64-bit range
   */
  public static long of(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), PER_SECOND), duration.getNano() / 1_000);
  }

  /** The whole millisecond that holds a microsecond: the record timestamp on Kafka. */
  public static long toMillis(long micros) {
    return Math.floorDiv(micros, PER_MILLI);
  }

  /** a - b, held at the ends of the 64-bit range: windows reaching before all time are whole. */
  public static long minusSaturating(long a, long b) {
    long difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) {
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return difference;
  }

  /** a + b, held at the ends of the 64-bit range. */
  public static long plusSaturating(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }
}
