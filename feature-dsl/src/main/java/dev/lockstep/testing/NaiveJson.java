package dev.lockstep.testing;

import java.math.BigDecimal;
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
    return value == null || value instanceof Number || value instanceof Boolean
        ? String.valueOf(value)
        : quoted(value.toString());
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
