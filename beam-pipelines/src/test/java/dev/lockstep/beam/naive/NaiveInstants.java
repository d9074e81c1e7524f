package dev.lockstep.beam.naive;

import dev.lockstep.beam.naive.Fault.Thrown;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Instants of C1 from stamps, bare numbers and text.
 *
 * <p>Decided here, where the rule is silent:
 *
 * <ul>
 *   <li>1990 to 2100 is from the first instant of 1990, inclusive, to that of 2100, exclusive; the
 *       units that are tried are seconds, milliseconds, microseconds and nanoseconds.
 *   <li>A number with a fraction is an instant where the unit is seconds. One that is whole by
 *       value ({@code 1.5e3}) counts as whole. A DOUBLE is the shortest decimal that is this
 *       double, so that a column and the JSON number written from it are one instant. All is
 *       floored.
 *   <li>Text is {@code date}, or {@code date (T or space) hh:mm[:ss[.1 to 9 digits]]}, then
 *       nothing, {@code Z}, or {@code +hh:mm}, {@code +hhmm}, {@code +hh}; no names of zones. A
 *       date alone is its first instant in the zone. Text is never a number.
 * </ul>
 */
final class NaiveInstants {
  private static final Pattern TEXT =
      Pattern.compile(
          "(\\d{4}|-\\d{4}|[+-]\\d{5,9})-(\\d\\d)-(\\d\\d)(?:[Tt"
              + " ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?([Zz]|[+-]\\d\\d(?::?\\d\\d)?)?)?");

  /** Year 0 has no sign. */
  private static final String NO_YEAR = "-0000";

  private static final Instant FROM = Instant.parse("1990-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2100-01-01T00:00:00Z");
  private static final List<TimeUnit> UNITS =
      List.of(TimeUnit.SECONDS, TimeUnit.MILLISECONDS, TimeUnit.MICROSECONDS, TimeUnit.NANOSECONDS);

  private NaiveInstants() {}

  static Instant of(Seen.Stamp stamp, ZoneId zone) throws Thrown {
    BigInteger[] parts = floorDivide(stamp.nanos(), BigInteger.valueOf(1_000_000_000));
    Instant utc = instant(parts[0], parts[1].intValue());
    return fitting(
        stamp.local() ? local(utc.atOffset(ZoneOffset.UTC).toLocalDateTime(), zone) : utc);
  }

  /** The first instant of a day, which needs not be midnight where clocks skip it. */
  static Instant ofDay(long epochDay, ZoneId zone) throws Thrown {
    try {
      return fitting(LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toInstant());
    } catch (DateTimeException e) {
      throw new Thrown(Cause.INSTANT, epochDay + " days don't fit 64-bit microseconds");
    }
  }

  static Instant of(BigDecimal number, TimeUnit unit) throws Thrown {
    boolean whole = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    if (!whole && unit != TimeUnit.SECONDS) {
      throw new Thrown(Cause.INSTANT, number + " has a fraction, and the unit is " + unit);
    }
    if (!isPlausible(number, unit)) {
      for (TimeUnit other : UNITS) {
        if (isPlausible(number, other)) {
          throw new Thrown(Cause.UNIT, number + " is likely in " + other + ", not in " + unit);
        }
      }
    }
    return ofNumber(number, unit);
  }

  static Instant of(double number, TimeUnit unit) throws Thrown {
    if (!Double.isFinite(number)) {
      throw new Thrown(Cause.INSTANT, number + " is no instant");
    }
    return of(shortest(number), unit);
  }

  /** The decimal of fewest digits that is this double, the nearest of those. */
  static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == number) {
        return rounded;
      }
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
  }

  static Instant of(String text, ZoneId zone) throws Thrown {
    Matcher m = TEXT.matcher(text);
    if (!m.matches() || m.group(1).equals(NO_YEAR)) {
      throw new Thrown(Cause.INSTANT, "[" + text + "] is no ISO 8601 text");
    }
    try {
      LocalDate date =
          LocalDate.of(
              Integer.parseInt(m.group(1)),
              Integer.parseInt(m.group(2)),
              Integer.parseInt(m.group(3)));
      if (m.group(4) == null) {
        return fitting(date.atStartOfDay(zone).toInstant());
      }
      String second = m.group(6) == null ? "0" : m.group(6);
      String fraction = ((m.group(7) == null ? "" : m.group(7)) + "000000000").substring(0, 9);
      LocalTime time =
          LocalTime.of(
              Integer.parseInt(m.group(4)),
              Integer.parseInt(m.group(5)),
              Integer.parseInt(second),
              Integer.parseInt(fraction));
      LocalDateTime read = date.atTime(time);
      String offset = m.group(8);
      if (offset == null) {
        return fitting(local(read, zone));
      }
      boolean utc = offset.equalsIgnoreCase("z");
      return fitting(read.toInstant(utc ? ZoneOffset.UTC : ZoneOffset.of(offset)));
    } catch (DateTimeException e) {
      throw new Thrown(Cause.INSTANT, "[" + text + "]: " + e.getMessage());
    }
  }

  /** A day of the calendar, which is no zone's. */
  static LocalDate day(String text) throws Thrown {
    Matcher m = TEXT.matcher(text);
    if (!m.matches() || m.group(1).equals(NO_YEAR) || m.group(4) != null) {
      throw new Thrown(Cause.INSTANT, "[" + text + "] is no date");
    }
    try {
      return day(
          LocalDate.of(
              Integer.parseInt(m.group(1)),
              Integer.parseInt(m.group(2)),
              Integer.parseInt(m.group(3))));
    } catch (DateTimeException e) {
      throw new Thrown(Cause.INSTANT, "[" + text + "]: " + e.getMessage());
    }
  }

  /** A day whose microseconds since 1970 fit 64 bits. */
  static LocalDate day(LocalDate date) throws Thrown {
    if (BigInteger.valueOf(date.toEpochDay())
            .multiply(BigInteger.valueOf(86_400_000_000L))
            .bitLength()
        > 63) {
      throw new Thrown(Cause.INSTANT, date + " doesn't fit 64-bit microseconds");
    }
    return date;
  }

  /** A local time that is skipped moves on by the gap; of two the earlier offset counts. */
  private static Instant local(LocalDateTime time, ZoneId zone) {
    return time.atZone(zone).toInstant();
  }

  private static boolean isPlausible(BigDecimal number, TimeUnit unit) {
    try {
      Instant instant = ofNumber(number, unit);
      return !instant.isBefore(FROM) && instant.isBefore(TO);
    } catch (Thrown e) {
      return false;
    }
  }

  private static Instant ofNumber(BigDecimal number, TimeUnit unit) throws Thrown {
    if ((long) number.precision() - number.scale() > 40) {
      throw new Thrown(Cause.INSTANT, number + " doesn't fit 64-bit microseconds");
    }
    BigDecimal nanos = number.multiply(BigDecimal.valueOf(unit.toNanos(1)));
    BigInteger floored = nanos.setScale(0, RoundingMode.FLOOR).toBigInteger();
    BigInteger[] parts = floorDivide(floored, BigInteger.valueOf(1_000_000_000));
    return fitting(instant(parts[0], parts[1].intValue()));
  }

  private static Instant instant(BigInteger seconds, int nanos) throws Thrown {
    try {
      return Instant.ofEpochSecond(seconds.longValueExact(), nanos);
    } catch (ArithmeticException | DateTimeException e) {
      throw new Thrown(Cause.INSTANT, seconds + " s don't fit 64-bit microseconds");
    }
  }

  private static Instant fitting(Instant instant) throws Thrown {
    BigInteger micros =
        BigInteger.valueOf(instant.getEpochSecond())
            .multiply(BigInteger.valueOf(1_000_000))
            .add(BigInteger.valueOf(instant.getNano() / 1_000));
    if (micros.bitLength() > 63) {
      throw new Thrown(Cause.INSTANT, instant + " doesn't fit 64-bit microseconds");
    }
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  private static BigInteger[] floorDivide(BigInteger value, BigInteger by) {
    BigInteger rest = value.mod(by);
    return new BigInteger[] {value.subtract(rest).divide(by), rest};
  }
}
