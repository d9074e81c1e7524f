package dev.lockstep.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The one order of values, for what even sequence numbers don't tell apart (C3, C9, C10): null
 * first, false before true, numbers and instants by value, text by its UTF-8 bytes.
 */
public final class ValueOrder {
  private static final char FIRST_OF_MORE_BYTES = 0x80;

  private ValueOrder() {}

  /** Compares rows of the same types, column by column. */
  public static int compare(Values a, Values b) {
    for (int i = 0; i < a.size(); i++) {
      int by = compare(a, b, i);
      if (by != 0) {
        return by;
      }
    }
    return 0;
  }

  /** Compares rows of the same types by some of their columns, in a given order. */
  public static int compare(Values a, Values b, List<Integer> columns) {
    for (int column : columns) {
      int by = compare(a, b, column);
      if (by != 0) {
        return by;
      }
    }
    return 0;
  }

  private static int compare(Values a, Values b, int column) {
    if (a.isNull(column) || b.isNull(column)) {
      return Boolean.compare(!a.isNull(column), !b.isNull(column));
    }
    return switch (a.type(column)) {
      case BOOLEAN, LONG, DECIMAL, INSTANT -> Long.compare(a.bits(column), b.bits(column));
      case DOUBLE -> Double.compare(a.getDouble(column), b.getDouble(column));
      case STRING ->
          compareText(
              Objects.requireNonNull(a.getString(column)),
              Objects.requireNonNull(b.getString(column)));
    };
  }

  /**
   * The first eight UTF-8 bytes of a text as a number: less for a text means that it comes first.
   */
  static long prefixOf(String text) {
    long prefix = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      char c = i < text.length() ? text.charAt(i) : 0;
      if (c >= FIRST_OF_MORE_BYTES) {
        return prefixOf(text.getBytes(StandardCharsets.UTF_8));
      }
      prefix = prefix << Byte.SIZE | c;
    }
    return prefix ^ Long.MIN_VALUE;
  }

  private static long prefixOf(byte[] utf8) {
    long prefix = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      prefix = prefix << Byte.SIZE | (i < utf8.length ? utf8[i] & 0xFF : 0);
    }
    return prefix ^ Long.MIN_VALUE;
  }

  /** Compares text by its UTF-8 bytes: the order of code points, which {@link String} has not. */
  public static int compareText(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
