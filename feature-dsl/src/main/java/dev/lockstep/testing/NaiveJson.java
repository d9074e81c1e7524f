package dev.lockstep.testing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON text of boxed values. */
final class NaiveJson {
  private NaiveJson() {}

  static String of(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros().toPlainString();
    }
    if (value instanceof Double number) {
      return number(number);
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? String.valueOf(value)
        : quoted(value.toString());
  }

  /** A value as a map's key. */
  static String key(Object value) {
    return quoted(value instanceof Double number ? number(number) : value.toString());
  }

  /**
   * The shortest decimal that is read back as the double, of two digits or more: found by trying
   * every length, with the exact value cut and with it rounded up.
   */
  static String number(double value) {
    if (value == 0) {
      return Math.copySign(1, value) < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(Math.abs(value));
    for (int digits = 2; ; digits++) {
      BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
      boolean belowReads = Double.parseDouble(below.toString()) == Math.abs(value);
      boolean aboveReads = Double.parseDouble(above.toString()) == Math.abs(value);
      if (belowReads || aboveReads) {
        int nearer = exact.subtract(below).compareTo(above.subtract(exact));
        boolean evenBelow = !below.unscaledValue().testBit(0) || below.precision() < digits;
        boolean takeBelow = belowReads && (!aboveReads || nearer < 0 || (nearer == 0 && evenBelow));
        return (value < 0 ? "-" : "") + laidOut(takeBelow ? below : above);
      }
    }
  }

  private static String laidOut(BigDecimal positive) {
    BigDecimal number = positive.stripTrailingZeros();
    if (number.compareTo(new BigDecimal("0.001")) >= 0
        && number.compareTo(new BigDecimal("10000000")) < 0) {
      return number.setScale(Math.max(1, number.scale())).toPlainString();
    }
    String digits = number.unscaledValue().toString();
    String rest = digits.length() == 1 ? "0" : digits.substring(1);
    return digits.charAt(0) + "." + rest + "E" + (digits.length() - 1 - number.scale());
  }

  static String list(List<?> values) {
    return values.stream().map(NaiveJson::of).collect(Collectors.joining(",", "[", "]"));
  }

  static String quoted(String text) {
    return text.chars()
        .mapToObj(c -> escaped((char) c))
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c < 0x20 ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c);
    };
  }
}
