package dev.lockstep.value;

/** Java's text, which can hold what no UTF-8 can: halves of surrogate pairs. */
public final class Utf16 {
  private Utf16() {}

  /** Whether a text can be written as UTF-8: no half of a surrogate pair is in it. */
  public static boolean isText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (!pair) {
        return false;
      }
      i++;
    }
    return true;
  }
}
