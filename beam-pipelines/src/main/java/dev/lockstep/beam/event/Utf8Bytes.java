package dev.lockstep.beam.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that should be UTF-8: where they aren't, by the Unicode standard's table 3-7. */
final class Utf8Bytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int[] NONE = {};

  private Utf8Bytes() {}

  /** The places, in order, of all bytes that are part of no character: none in the usual case. */
  static int[] invalid(byte[] bytes) {
    int at = ascii(bytes);
    int[] found = NONE;
    int count = 0;
    while (at < bytes.length) {
      int length = bytes[at] >= 0 ? 1 : length(bytes, at);
      if (length == 0) {
        found = count == found.length ? Arrays.copyOf(found, count * 2 + 4) : found;
        found[count++] = at;
        length = 1;
      }
      at += length;
    }
    return count == found.length ? found : Arrays.copyOf(found, count);
  }

  /** How many bytes at the beginning, at least, are ASCII. */
  private static int ascii(byte[] bytes) {
    int at = 0;
    while (at + Long.BYTES <= bytes.length && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    return at;
  }

  /** The length of the character of several bytes that begins there; 0 for none. */
  private static int length(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first >= 0xC2 && first <= 0xDF) {
      return follows(bytes, at + 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      // Neither a longer form of fewer bytes, nor half a surrogate pair.
      boolean second =
          follows(bytes, at + 1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
      return second && follows(bytes, at + 2, 0x80, 0xBF) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      boolean second =
          follows(bytes, at + 1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
      return second && follows(bytes, at + 2, 0x80, 0xBF) && follows(bytes, at + 3, 0x80, 0xBF)
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean follows(byte[] bytes, int at, int least, int greatest) {
    return at < bytes.length && (bytes[at] & 0xFF) >= least && (bytes[at] & 0xFF) <= greatest;
  }
}
