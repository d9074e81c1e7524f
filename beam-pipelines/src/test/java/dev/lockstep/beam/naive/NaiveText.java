package dev.lockstep.beam.naive;

import dev.lockstep.beam.naive.Fault.Thrown;

/** UTF-8 by the table of the Unicode standard (3.9, table 3-7), a byte at a time. */
final class NaiveText {
  private NaiveText() {}

  /** The text of bytes. */
  static String of(byte[] bytes) throws Thrown {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < bytes.length) {
      int first = bytes[at] & 0xFF;
      int more = first < 0x80 ? 0 : first < 0xC2 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
      if (more < 0 || first > 0xF4 || at + more >= bytes.length) {
        throw new Thrown(Cause.TEXT, "no UTF-8 at byte " + at);
      }
      int point = more == 0 ? first : first & (0x3F >> more);
      for (int i = 1; i <= more; i++) {
        int next = bytes[at + i] & 0xFF;
        if (next < 0x80 || next > 0xBF) {
          throw new Thrown(Cause.TEXT, "no UTF-8 at byte " + (at + i));
        }
        point = point << 6 | (next & 0x3F);
      }
      boolean overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
      if (overlong || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        throw new Thrown(Cause.TEXT, "no UTF-8 at byte " + at);
      }
      text.appendCodePoint(point);
      at += more + 1;
    }
    return text.toString();
  }

  /**
   * The characters of bytes of which some may be no UTF-8: each of these becomes a low half of a
   * surrogate that stands alone, as no bytes of UTF-8 do.
   */
  static String marked(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < bytes.length) {
      int length = 0;
      for (int tried = 1; tried <= 4 && length == 0 && at + tried <= bytes.length; tried++) {
        try {
          String one = of(java.util.Arrays.copyOfRange(bytes, at, at + tried));
          text.append(one);
          length = tried;
        } catch (Thrown e) {
          // No character of so many bytes.
        }
      }
      if (length == 0) {
        text.append((char) (0xDC00 + (bytes[at] & 0xFF)));
        length = 1;
      }
      at += length;
    }
    return text.toString();
  }

  /** The text itself, if no half of a surrogate stands alone in it. */
  static String whole(String text) throws Thrown {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new Thrown(Cause.TEXT, "half a surrogate at " + i);
      }
    }
    return text;
  }
}
