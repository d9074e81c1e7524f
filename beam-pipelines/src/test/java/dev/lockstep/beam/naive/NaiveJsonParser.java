package dev.lockstep.beam.naive;

import dev.lockstep.beam.naive.Fault.Thrown;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON parser (RFC 8259) by recursive descent, of objects of scalars.
 *
 * <p>Decided here: beside the grammar the words NaN, Infinity, and Infinity or INF with a sign, are
 * numbers. A field that comes twice is a fault where it is read. Half a surrogate, written as
 * {@code \ud800}, is a fault only of a field that is read. Objects and lists are read and
 * forgotten.
 */
final class NaiveJsonParser {
  static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final Pattern WORD = Pattern.compile("[+-]?[A-Za-z]+");

  private final String text;
  private int at;

  /**
   * Whether the text that was read last had a byte that is no UTF-8, as {@link NaiveText#marked}.
   */
  private boolean marked;

  private NaiveJsonParser(String text) {
    this.text = text;
  }

  /** The fields of one object that is all of the text. */
  static Map<String, Seen> object(String text) throws Thrown {
    NaiveJsonParser parser = new NaiveJsonParser(text);
    parser.space();
    if (!parser.is('{')) {
      throw parser.broken("no object");
    }
    Map<String, Seen> fields = parser.fields();
    parser.end();
    return fields;
  }

  private void end() throws Thrown {
    space();
    if (at < text.length()) {
      throw broken("more behind the document");
    }
  }

  private Map<String, Seen> fields() throws Thrown {
    Map<String, Seen> fields = new LinkedHashMap<>();
    take('{');
    space();
    if (is('}')) {
      take('}');
      return fields;
    }
    while (true) {
      space();
      String name = string();
      space();
      take(':');
      space();
      Seen value = value();
      fields.merge(name, value, (first, second) -> new Seen.Twice());
      space();
      if (is('}')) {
        take('}');
        return fields;
      }
      take(',');
    }
  }

  private Seen value() throws Thrown {
    if (at >= text.length()) {
      throw broken("it ends too early");
    }
    char c = text.charAt(at);
    if (c == '"') {
      marked = false;
      String read = string();
      return marked ? new Seen.Bytes(new byte[] {(byte) 0xFF}) : new Seen.Text(read);
    }
    if (c == '{') {
      fields();
      return new Seen.Composite("object");
    }
    if (c == '[') {
      list();
      return new Seen.Composite("list");
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (number.lookingAt()) {
      at = number.end();
      if (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
        throw broken("no number");
      }
      return exact(number.group());
    }
    return word();
  }

  /** A number; one of an exponent that is beyond all is infinite, or nothing. */
  private static Seen exact(String number) {
    int e = number.toLowerCase(java.util.Locale.ROOT).indexOf('e');
    if (e >= 0 && number.length() - e > 11) {
      double sign = number.startsWith("-") ? -1 : 1;
      boolean tiny =
          number.charAt(e + 1) == '-' || new BigDecimal(number.substring(0, e)).signum() == 0;
      return new Seen.Real(sign * (tiny ? 0 : Double.POSITIVE_INFINITY));
    }
    return new Seen.Exact(new BigDecimal(number));
  }

  private Seen word() throws Thrown {
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (!word.lookingAt()) {
      throw broken("no value");
    }
    at = word.end();
    return switch (word.group()) {
      case "true" -> new Seen.Bool(true);
      case "false" -> new Seen.Bool(false);
      case "null" -> new Seen.Nothing();
      case "NaN" -> new Seen.Real(Double.NaN);
      case "Infinity", "+Infinity", "+INF" -> new Seen.Real(Double.POSITIVE_INFINITY);
      case "-Infinity", "-INF" -> new Seen.Real(Double.NEGATIVE_INFINITY);
      default -> throw broken("no value");
    };
  }

  private void list() throws Thrown {
    take('[');
    space();
    if (is(']')) {
      take(']');
      return;
    }
    while (true) {
      space();
      value();
      space();
      if (is(']')) {
        take(']');
        return;
      }
      take(',');
    }
  }

  private String string() throws Thrown {
    take('"');
    StringBuilder read = new StringBuilder();
    while (true) {
      if (at >= text.length()) {
        throw broken("text without an end");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return read.toString();
      }
      if (c < 0x20) {
        throw broken("a control character in text");
      }
      marked |= Character.isLowSurrogate(c) && !Character.isHighSurrogate(text.charAt(at - 2));
      read.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() throws Thrown {
    if (at >= text.length()) {
      throw broken("text without an end");
    }
    char c = text.charAt(at++);
    switch (c) {
      case '"', '\\', '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        if (at + 4 <= text.length() && text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
          at += 4;
          return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        throw broken("an escape of no character");
      default:
        throw broken("an unknown escape");
    }
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean is(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private void take(char c) throws Thrown {
    if (!is(c)) {
      throw broken("no " + c);
    }
    at++;
  }

  private Thrown broken(String what) {
    return new Thrown(Cause.DOCUMENT, what + " at " + at);
  }
}
