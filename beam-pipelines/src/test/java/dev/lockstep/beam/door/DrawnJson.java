package dev.lockstep.beam.door;

import dev.lockstep.beam.naive.NaiveRecord;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Draws JSON messages of a record type, and faults of values and of whole messages. */
final class DrawnJson {
  private final Draws draws;
  private final NaiveRecord record;
  private final TimeUnit unit;

  DrawnJson(Draws draws, NaiveRecord record, TimeUnit unit) {
    this.draws = draws;
    this.record = record;
    this.unit = unit;
  }

  byte[] message() {
    String text = object();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (!draws.once(8)) {
      return utf8;
    }
    return switch (draws.below(9)) {
      case 0 -> (text + "\n" + text).getBytes(StandardCharsets.UTF_8);
      case 1 -> (text + "garbage}}").getBytes(StandardCharsets.UTF_8);
      case 2 -> text.substring(0, text.length() - 1).getBytes(StandardCharsets.UTF_8);
      case 3 -> new byte[0];
      case 4 -> framed(utf8);
      case 5 -> ("{\"schema\":{},\"payload\":" + text + "}").getBytes(StandardCharsets.UTF_8);
      case 6 ->
          ("{\"before\":null,\"after\":" + text + ",\"op\":\"c\"}")
              .getBytes(StandardCharsets.UTF_8);
      case 7 -> ("[" + text + "]").getBytes(StandardCharsets.UTF_8);
      default -> withLatin(text);
    };
  }

  private static byte[] framed(byte[] utf8) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, 0, 0, 7});
    out.writeBytes(utf8);
    return out.toByteArray();
  }

  /** A name of bytes that are no UTF-8, which nothing reads. */
  private static byte[] withLatin(String text) {
    return text.replaceFirst("\\{", "{\"zürich\":1,").getBytes(StandardCharsets.ISO_8859_1);
  }

  private String object() {
    List<String> fields = new ArrayList<>();
    for (NaiveRecord.Component component : record.components()) {
      int odds = component.javaType().isPrimitive() ? 60 : 10;
      if (!draws.once(odds)) {
        fields.add(
            quoted(component.column())
                + space()
                + ":"
                + space()
                + value(component.javaType(), odds));
      }
    }
    if (draws.once(50) && !fields.isEmpty()) {
      fields.add(draws.of(fields));
    }
    if (draws.once(3)) {
      fields.add("\"nested\":{\"id\":[1,2,{\"x\":null}],\"at\":\"}\"}");
    }
    if (draws.once(4)) {
      fields.add(
          "\"other\":"
              + draws.of(
                  List.of(
                      "NaN",
                      "-INF",
                      "[]",
                      "1e999",
                      "1e99999999999",
                      "12345678901234567890123",
                      "tru",
                      "01",
                      ".5",
                      "+1",
                      "\"\\ud800\"",
                      "-0.0",
                      "{}")));
    }
    Collections.shuffle(fields, draws.random());
    return "{" + space() + String.join(space() + "," + space(), fields) + space() + "}";
  }

  private String space() {
    return draws.once(6) ? draws.of(List.of(" ", "\n", "\t", "\r\n  ")) : "";
  }

  private String value(Class<?> type, int nullOdds) {
    if (draws.once(nullOdds)) {
      return "null";
    }
    if (draws.once(60)) {
      return draws.of(
          List.of(
              "{}",
              "[1]",
              "true",
              "\"text\"",
              "12",
              "\"007\"",
              "\"+1.50\"",
              "\"1e1\"",
              "\" 1\"",
              "\"\u0661\""));
    }
    if (type == boolean.class || type == Boolean.class) {
      return draws.once(2) ? "true" : "false";
    }
    if (type == String.class) {
      return draws.once(25) ? "\"\\ud83d\"" : quoted(draws.text());
    }
    if (type == Instant.class) {
      return instant();
    }
    if (type == LocalDate.class) {
      return quoted(draws.dayText());
    }
    if (type == UUID.class) {
      return quoted(draws.uuidText());
    }
    if (type.isEnum()) {
      return quoted(draws.constantText(type));
    }
    return number(type);
  }

  private String instant() {
    if (draws.once(2)) {
      return quoted(draws.once(4) ? draws.instantText() : draws.instant().toString());
    }
    TimeUnit used =
        draws.once(12)
            ? draws.of(List.of(TimeUnit.SECONDS, TimeUnit.MILLISECONDS, TimeUnit.MICROSECONDS))
            : unit;
    BigDecimal micros =
        BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, draws.instant()));
    BigDecimal number =
        micros.movePointLeft(used == TimeUnit.SECONDS ? 6 : used == TimeUnit.MILLISECONDS ? 3 : 0);
    return used == TimeUnit.SECONDS && draws.once(2)
        ? number.toPlainString()
        : number.toBigInteger().toString();
  }

  private String number(Class<?> type) {
    if (type == BigDecimal.class) {
      BigDecimal decimal = draws.decimal(draws.below(9));
      return draws.once(3) ? quoted(decimal.toPlainString()) : decimal.toPlainString();
    }
    if (type == double.class
        || type == Double.class
        || type == float.class
        || type == Float.class) {
      double real = draws.real();
      if (draws.once(30)) {
        return draws.of(
            List.of(
                "Infinity",
                "-Infinity",
                "+INF",
                "1e400",
                "-1e400",
                "1e-400",
                "1e999999",
                "123456789012345678901234567890"));
      }
      String text =
          draws.once(4) && Double.isFinite(real)
              ? new BigDecimal(real).toString()
              : Double.toString(real);
      return draws.once(2) || Double.isFinite(real) ? text : quoted(text);
    }
    int bits =
        type == byte.class || type == Byte.class
            ? 8
            : type == short.class || type == Short.class
                ? 16
                : type == int.class || type == Integer.class ? 32 : 64;
    BigInteger whole = draws.integer(bits);
    return switch (draws.below(30)) {
      case 0 -> whole + ".0";
      case 1 -> whole + ".5";
      case 2 -> "1e2";
      case 3 -> draws.of(List.of("NaN", "Infinity", "-Infinity", "+Infinity", "-INF", "+INF"));
      case 4 -> "1e400";
      default -> whole.toString();
    };
  }

  private String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || draws.once(40)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
