package dev.lockstep.time;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * How instants that files and messages write in many ways become microseconds since the epoch (C1):
 * bare numbers by a declared unit, local times by a declared zone. Finer digits are floored.
 *
 * <p>Each method throws a {@link DateTimeException} that says what was seen and the cure, where a
 * value can't be meant or doesn't fit.
 *
 * @param unit of bare numbers: SECONDS, MILLIS, MICROS or NANOS
 * @param zone of local times; in a gap or an overlap of its clocks the rule of {@link
 *     LocalDateTime#atZone} holds
 */
public record InstantReading(ChronoUnit unit, ZoneId zone) implements Serializable {
  /** The units that bare numbers can have. */
  public static final List<ChronoUnit> UNITS =
      List.of(ChronoUnit.SECONDS, ChronoUnit.MILLIS, ChronoUnit.MICROS, ChronoUnit.NANOS);

  /** Microseconds, and UTC: what holds where a source declares nothing. */
  public static final InstantReading DEFAULT =
      new InstantReading(ChronoUnit.MICROS, ZoneOffset.UTC);

  /** 1990-01-01 and 2100-01-01: in which instants are likely. No two units share a number. */
  private static final long LIKELY_FROM = 631_152_000L * Micros.PER_SECOND;

  private static final long LIKELY_UNTIL = 4_102_444_800L * Micros.PER_SECOND;
  private static final long NANOS_PER_MICRO = 1_000L;
  private static final int MOST_DIGITS = 40;

  public InstantReading {
    if (!UNITS.contains(unit)) {
      throw new IllegalArgumentException("an epoch unit is one of " + UNITS + ", not " + unit);
    }
  }

  /** A bare number of the declared unit. */
  public long ofNumber(long number) {
    if (isLikely(number, unit)) {
      return micros(number, unit);
    }
    for (ChronoUnit other : UNITS) {
      if (other != unit && isLikely(number, other)) {
        throw new DateTimeException(
            number
                + " is not within 1990 to 2100 in "
                + name(unit)
                + ", but it is in "
                + name(other)
                + ": declare epochUnit("
                + other.name()
                + ") on the source, or write ISO 8601 text");
      }
    }
    return micros(number, unit);
  }

  /** A bare number with a fraction, which only seconds may have. */
  public long ofNumber(BigDecimal number) {
    if (number.signum() == 0) {
      return ofNumber(0);
    }
    // Looked at before anything is scaled: 1E+1000000000 and 1E-1000000000 have a billion digits.
    long digitsBeforePoint = (long) number.precision() - number.scale();
    if (digitsBeforePoint > MOST_DIGITS) {
      throw beyond(number.toString());
    }
    if (digitsBeforePoint < -MOST_DIGITS && unit == ChronoUnit.SECONDS) {
      return number.signum() > 0 ? 0 : -1;
    }
    try {
      if (unit != ChronoUnit.SECONDS) {
        return ofNumber(number.longValueExact());
      }
      BigDecimal floor = number.setScale(0, RoundingMode.FLOOR);
      long whole = ofNumber(floor.longValueExact());
      BigDecimal fraction = number.subtract(floor).movePointRight(6);
      return Math.addExact(whole, fraction.setScale(0, RoundingMode.FLOOR).longValueExact());
    } catch (ArithmeticException e) {
      throw number.stripTrailingZeros().scale() > 0 && unit != ChronoUnit.SECONDS
          ? new DateTimeException(
              shown(number.toString())
                  + " has a fraction, which only seconds may have; the source's unit is "
                  + name(unit))
          : beyond(number.toString());
    }
  }

  /** A number whose unit is known, such as an annotated column's. */
  public static long ofUnit(long number, ChronoUnit known) {
    return micros(number, known);
  }

  /** Local microseconds since 1970-01-01T00:00: a time without a zone. */
  public long ofLocalMicros(long localMicros) {
    if (zone instanceof ZoneOffset offset) {
      return ofExact(
          localMicros,
          () -> Math.subtractExact(localMicros, offset.getTotalSeconds() * 1_000_000L));
    }
    return ofLocal(
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(localMicros, Micros.PER_SECOND),
            (int) (Math.floorMod(localMicros, Micros.PER_SECOND) * NANOS_PER_MICRO),
            ZoneOffset.UTC));
  }

  /** A time without a zone. */
  public long ofLocal(LocalDateTime local) {
    return ofExact(local, () -> Micros.of(local.atZone(zone).toInstant()));
  }

  /** The first instant of a day, given as days since 1970-01-01. */
  public long ofDay(long epochDay) {
    return ofExact(
        epochDay + " days since 1970",
        () -> Micros.of(LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toInstant()));
  }

  /** A day of the calendar as a value, given as days since 1970-01-01. */
  public static long ofDate(long epochDay) {
    return ofExact(
        epochDay + " days since 1970", () -> Math.multiplyExact(epochDay, Micros.PER_DAY));
  }

  /** A day of the calendar as a value, given as ISO 8601 text of a date alone. */
  public static long ofDateText(String text) {
    return ofDate(InstantText.epochDay(text));
  }

  /**
   * ISO 8601 text: a date and a time with an offset or {@code Z}, without one (a local time), or a
   * date alone (its first instant). A space may stand for the {@code T}.
   */
  public long ofText(String text) {
    return InstantText.micros(text, this);
  }

  private interface Exact {
    long micros();
  }

  private static long ofExact(Object seen, Exact computed) {
    try {
      return computed.micros();
    } catch (ArithmeticException | DateTimeException e) {
      throw beyond(String.valueOf(seen));
    }
  }

  private static boolean isLikely(long number, ChronoUnit in) {
    try {
      long micros = micros(number, in);
      return micros >= LIKELY_FROM && micros < LIKELY_UNTIL;
    } catch (DateTimeException beyond) {
      return false;
    }
  }

  private static long micros(long number, ChronoUnit in) {
    return switch (in) {
      case NANOS -> Math.floorDiv(number, NANOS_PER_MICRO);
      case MICROS -> number;
      case MILLIS -> times(number, Micros.PER_MILLI);
      default -> times(number, Micros.PER_SECOND);
    };
  }

  private static long times(long number, long factor) {
    long high = Math.multiplyHigh(number, factor);
    long low = number * factor;
    if (high != low >> 63) {
      throw beyond(Long.toString(number));
    }
    return low;
  }

  static DateTimeException beyond(String seen) {
    return new DateTimeException(
        shown(seen) + " is beyond the instants that 64-bit microseconds hold");
  }

  static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  private static String name(ChronoUnit of) {
    return switch (of) {
      case NANOS -> "nanoseconds";
      case MICROS -> "microseconds";
      case MILLIS -> "milliseconds";
      default -> "seconds";
    };
  }

  /** The declaration as a plan's text shows it. */
  @Override
  public String toString() {
    return unit.name().toLowerCase(Locale.ROOT) + " " + zone;
  }
}
