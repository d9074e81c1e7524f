package dev.lockstep.training.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as pages write them: the same in every locale, times in UTC. */
public final class Numbers {
  /** What is shown where there is no number. */
  public static final String NONE = "–";

  private static final char THIN_SPACE = '\u202F';
  private static final int DIGITS = 4;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Numbers() {}

  /** A count with its thousands apart. */
  public static String count(long count) {
    return grouped("#,##0").format(count);
  }

  /** Four significant digits, more before the point; {@link #NONE} for NaN. */
  public static String of(double number) {
    if (!Double.isFinite(number)) {
      return NONE;
    }
    double size = Math.abs(number);
    if (size != 0 && (size < 1e-4 || size >= 1e15)) {
      return String.format(Locale.ROOT, "%.3g", number);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(DIGITS));
    return size >= 1000
        ? grouped("#,##0").format(new BigDecimal(number))
        : rounded.stripTrailingZeros().toPlainString();
  }

  /** A number with so many digits behind the point; {@link #NONE} for NaN. */
  public static String fixed(double number, int digits) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, "%." + digits + "f", number) : NONE;
  }

  /** A share as a percentage; a small one isn't written as none, nor a large one as all. */
  public static String percent(double share) {
    if (!Double.isFinite(share)) {
      return NONE;
    }
    if (share > 0 && share < 0.0005) {
      return "< 0.1 %";
    }
    if (share < 1 && share > 0.9995) {
      return "> 99.9 %";
    }
    return String.format(
        Locale.ROOT, share == 0 || share == 1 ? "%.0f %%" : "%.1f %%", 100 * share);
  }

  /** A point in time to the minute. */
  public static String time(Instant time) {
    return MINUTE.format(time);
  }

  /** A time within a range that is {@code range} long: a day where minutes would say no more. */
  public static String time(Instant time, Duration range) {
    return range.compareTo(Duration.ofDays(5)) >= 0 ? DAY.format(time) : MINUTE.format(time);
  }

  private static DecimalFormat grouped(String pattern) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setGroupingSeparator(THIN_SPACE);
    return new DecimalFormat(pattern, symbols);
  }
}
