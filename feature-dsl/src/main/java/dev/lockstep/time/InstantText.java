package dev.lockstep.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ISO 8601 text as microseconds since the epoch. The form that most programs write, {@code
 * 2025-01-31T23:59:59.123456Z}, is read digit by digit; all others by {@code java.time}.
 */
final class InstantText {
  private static final int LONGEST = 64;
  private static final int NO_MATCH = -1;

  /** The text up to the seconds. */
  private static final int PLAIN = "2025-01-31T23:59:59".length();

  /**
   * What is read at all: {@code java.time} alone would take names of zones, seconds of offsets, an
   * hour 24 and a second 60 too.
   */
  private static final Pattern FORM =
      Pattern.compile(
          "(?<date>(?:[0-9]{4}|-[0-9]{4}|[+-][0-9]{5,9})-[0-9]{2}-[0-9]{2})"
              + "(?:[Tt ](?<time>(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?)"
              + "(?:(?<utc>[Zz])|(?<hours>[+-][0-9]{2})(?::?(?<minutes>[0-9]{2}))?)?)?");

  private InstantText() {}

  static long micros(String text, InstantReading reading) {
    long seconds = text.length() > PLAIN ? plainSeconds(text) : Long.MIN_VALUE;
    if (seconds != Long.MIN_VALUE) {
      int fractionEnd = fractionEnd(text);
      if (fractionEnd == text.length() - 1 && text.charAt(fractionEnd) == 'Z') {
        return seconds * Micros.PER_SECOND + fractionMicros(text, fractionEnd);
      }
    }
    return slow(text, reading);
  }

  /** The days since 1970-01-01 of a date without a time. */
  static long epochDay(String text) {
    Matcher form = FORM.matcher(text.length() > LONGEST ? "" : text);
    if (form.matches() && form.group("time") == null) {
      try {
        return LocalDate.parse(text).toEpochDay();
      } catch (DateTimeException e) {
        // Said below.
      }
    }
    throw new DateTimeException(
        "\"" + InstantReading.shown(text) + "\" is no ISO 8601 date, such as 2025-01-31");
  }

  /** The seconds since the epoch of a date and time in UTC; the least long for another form. */
  private static long plainSeconds(String s) {
    if (s.charAt(4) != '-'
        || s.charAt(7) != '-'
        || s.charAt(10) != 'T'
        || s.charAt(13) != ':'
        || s.charAt(16) != ':') {
      return Long.MIN_VALUE;
    }
    int century = two(s, 0);
    int year = two(s, 2);
    int month = two(s, 5);
    int day = two(s, 8);
    int hour = two(s, 11);
    int minute = two(s, 14);
    int second = two(s, 17);
    boolean valid =
        century >= 0
            && year >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && (day <= 28 || day <= lengthOfMonth(century * 100 + year, month));
    valid &= hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return valid
        ? epochDay(century * 100 + year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
        : Long.MIN_VALUE;
  }

  private static int lengthOfMonth(int year, int month) {
    return LocalDate.of(year, month, 1).lengthOfMonth();
  }

  /**
   * Days since 1970-01-01 of a date from the year 0 on. Source: H. Hinnant, "chrono-Compatible
   * Low-Level Date Algorithms", days_from_civil.
   */
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  private static int two(String s, int at) {
    int tens = s.charAt(at) - '0';
    int ones = s.charAt(at + 1) - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? NO_MATCH : tens * 10 + ones;
  }

  /** Where the digits behind the seconds' point end; at the seconds' end where there is none. */
  private static int fractionEnd(String s) {
    if (s.charAt(PLAIN) != '.') {
      return PLAIN;
    }
    int end = PLAIN + 1;
    while (end < s.length() && s.charAt(end) >= '0' && s.charAt(end) <= '9') {
      end++;
    }
    boolean oneToNine = end > PLAIN + 1 && end <= PLAIN + 10;
    return oneToNine ? end : NO_MATCH;
  }

  /** The first six digits behind the point. */
  private static long fractionMicros(String s, int end) {
    long micros = 0;
    for (int i = PLAIN + 1; i < PLAIN + 7; i++) {
      micros = micros * 10 + (i < end ? s.charAt(i) - '0' : 0);
    }
    return micros;
  }

  private static long slow(String text, InstantReading reading) {
    if (text.length() > LONGEST) {
      throw none(text);
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw none(text);
    }
    try {
      TemporalAccessor parsed = parsed(iso(form), text);
      if (parsed instanceof LocalDateTime local) {
        return reading.ofLocal(local);
      }
      if (parsed instanceof LocalDate date) {
        return reading.ofDay(date.toEpochDay());
      }
      return Micros.of(
          parsed instanceof OffsetDateTime offset ? offset.toInstant() : Instant.from(parsed));
    } catch (ArithmeticException e) {
      throw InstantReading.beyond(text);
    }
  }

  /** The text as {@code java.time} reads it. */
  private static String iso(Matcher form) {
    if (form.group("time") == null) {
      return form.group("date");
    }
    String hours = form.group("hours");
    String minutes = form.group("minutes");
    return form.group("date")
        + 'T'
        + form.group("time")
        + (form.group("utc") == null ? "" : "Z")
        + (hours == null ? "" : hours + ":" + (minutes == null ? "00" : minutes));
  }

  private static TemporalAccessor parsed(String iso, String text) {
    try {
      return DateTimeFormatter.ISO_INSTANT.parse(iso, Instant::from);
    } catch (DateTimeException notThat) {
      // Offsets, and none, next.
    }
    try {
      return DateTimeFormatter.ISO_DATE_TIME.parseBest(
          iso, OffsetDateTime::from, LocalDateTime::from);
    } catch (DateTimeException notThat) {
      // A date alone, at last.
    }
    try {
      return LocalDate.parse(iso);
    } catch (DateTimeException e) {
      throw none(text);
    }
  }

  private static DateTimeException none(String text) {
    return new DateTimeException(
        "\""
            + InstantReading.shown(text)
            + "\" is no ISO 8601 instant, such as 2025-01-31T23:59:59Z");
  }
}
