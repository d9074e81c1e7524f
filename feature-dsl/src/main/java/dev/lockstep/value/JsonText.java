package dev.lockstep.value;

import java.util.Locale;
import java.util.Objects;

/**
 * Lists and maps of values as JSON text (RFC 8259) in one canonical form: no spaces, integers as
 * Java prints them, doubles as {@link DoubleText} does, decimals with no exponent and no zero
 * behind their last digit, instants as ISO 8601 text, nothing escaped that needn't be.
 */
public final class JsonText {
  private final StringBuilder text = new StringBuilder();

  /** Begins a list. */
  public static JsonText list() {
    JsonText list = new JsonText();
    list.text.append('[');
    return list;
  }

  /** Begins a map. */
  public static JsonText map() {
    JsonText map = new JsonText();
    map.text.append('{');
    return map;
  }

  /** Adds a list's element. */
  public JsonText add(ColumnVector column, int row) {
    comma();
    value(column.get(row));
    return this;
  }

  /** Adds a key, of whatever type, for a value to follow. */
  public JsonText key(ColumnVector column, int row) {
    comma();
    Object key = column.get(row);
    quoted(key instanceof Double number ? DoubleText.of(number) : String.valueOf(key));
    text.append(':');
    return this;
  }

  /** Adds a key's value. */
  public JsonText value(Values values, int index) {
    value(values.get(index));
    return this;
  }

  /** Adds a key's value that is an integer. */
  public JsonText value(long integer) {
    text.append(integer);
    return this;
  }

  /** Adds a key's value that is JSON already. */
  public JsonText json(String json) {
    text.append(json);
    return this;
  }

  /** The whole list or map. */
  public String end() {
    return text.append(text.charAt(0) == '[' ? ']' : '}').toString();
  }

  private void comma() {
    if (text.length() > 1) {
      text.append(',');
    }
  }

  private void value(@org.jspecify.annotations.Nullable Object value) {
    if (value instanceof Double number) {
      DoubleText.append(text, number); // never NaN nor infinite, which are nulls (C6)
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else {
      quoted(Objects.toString(value));
    }
  }

  private void quoted(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ') {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
