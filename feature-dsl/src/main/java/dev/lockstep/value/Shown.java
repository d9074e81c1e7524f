package dev.lockstep.value;

import org.jspecify.annotations.Nullable;

/**
 * A value of somebody's data as a message shows it (C13): the beginning of it alone, on one line,
 * in characters that can be printed.
 */
public final class Shown {
  /** How many characters of a value are shown at most. */
  public static final int MOST = 200;

  private static final int HEX_DIGITS = 4;

  private Shown() {}

  /**
   * The beginning of a text, of at most {@link #MOST} characters; what follows where it is cut says
   * how long it is. What can't be printed is shown as Java would write it (a backslash and n, or u
   * and four hex digits): control characters, line and paragraph separators, halves of surrogate
   * pairs, and what turns the direction of the text around it.
   *
   * @param text {@code null} is shown as that word
   */
  public static String text(@Nullable CharSequence text) {
    if (text == null) {
      return "null";
    }
    StringBuilder shown = new StringBuilder(Math.min(text.length(), MOST) + 32);
    for (int i = 0; i < text.length(); ) {
      int c = Character.codePointAt(text, i);
      int before = shown.length();
      append(shown, c);
      if (shown.length() > MOST) {
        shown.setLength(before);
        return shown.append("... (").append(text.length()).append(" characters)").toString();
      }
      i += Character.charCount(c);
    }
    return shown.toString();
  }

  /** The same of any value's text. */
  public static String value(@Nullable Object value) {
    return text(String.valueOf(value));
  }

  private static void append(StringBuilder shown, int c) {
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (isPrintable(c)) {
          shown.appendCodePoint(c);
        } else {
          String hex = Integer.toHexString(c);
          shown.append("\\u").append("0".repeat(HEX_DIGITS - hex.length())).append(hex);
        }
      }
    }
  }

  /** By ranges of our own: what Java says of a character depends on the JDK's Unicode. */
  private static boolean isPrintable(int c) {
    boolean control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    boolean halfPair = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean separator = c == 0x2028 || c == 0x2029;
    boolean direction =
        c == 0x061c
            || c == 0x200e
            || c == 0x200f
            || (c >= 0x202a && c <= 0x202e)
            || (c >= 0x2066 && c <= 0x2069);
    boolean noCharacter = c == 0xfeff || c == 0xfffe || c == 0xffff;
    return !(control || halfPair || separator || direction || noCharacter);
  }
}
