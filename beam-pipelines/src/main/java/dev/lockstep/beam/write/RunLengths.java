package dev.lockstep.beam.write;

import java.util.Arrays;

/**
 * Parquet's hybrid of run lengths and bit packing, for small numbers such as a dictionary's.
 *
 * <pre>
 *   run:     varint(length << 1)       value in ceil(width / 8) bytes
 *   packed:  byte(groups << 1 | 1)     groups of 8 values, width bytes each, lowest bits first
 * </pre>
 */
final class RunLengths {
  /** The values that {@link #write} takes may be followed by so many that it overwrites. */
  static final int PADDING = 8;

  /** What a packed run's header of one byte can count. */
  private static final int MAX_GROUPS = 63;

  /** Shorter runs are packed: they would save little and slow readers down. */
  private static final int MIN_RUN = 24;

  private RunLengths() {}

  /** The bits that numbers up to {@code max} take; at least one. */
  static int width(int max) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(max));
  }

  /**
   * Appends the first values of an array.
   *
   * @param values from 0 to below 2^width
   */
  static void write(int[] values, int count, int width, PageBytes out) {
    Arrays.fill(values, count, Math.min(values.length, count + PADDING), 0);
    int header = 0;
    int groups = 0;
    for (int i = 0; i < count; ) {
      int run = sameEight(values, i) ? run(values, i, count) : 0;
      if (run >= MIN_RUN) {
        groups = 0;
        out.putVarint(run << 1);
        out.putLow(values[i], (width + 7) / 8);
        i += run;
        continue;
      }
      if (groups == 0 || groups == MAX_GROUPS) {
        groups = 0;
        header = out.size();
        out.putByte(0);
      }
      pack(values, i, width, out);
      groups++;
      out.setByte(header, groups << 1 | 1);
      i += 8;
    }
  }

  private static boolean sameEight(int[] v, int i) {
    int first = v[i];
    return ((v[i + 1] ^ first)
            | (v[i + 2] ^ first)
            | (v[i + 3] ^ first)
            | (v[i + 4] ^ first)
            | (v[i + 5] ^ first)
            | (v[i + 6] ^ first)
            | (v[i + 7] ^ first))
        == 0;
  }

  private static int run(int[] values, int from, int count) {
    int end = from + 1;
    while (end < count && values[end] == values[from]) {
      end++;
    }
    return end - from;
  }

  private static void pack(int[] v, int i, int width, PageBytes out) {
    if (width <= 8) {
      long low = v[i] | ((long) v[i + 1] << width) | ((long) v[i + 2] << (2 * width));
      long middle = v[i + 3] | ((long) v[i + 4] << width) | ((long) v[i + 5] << (2 * width));
      long high = v[i + 6] | ((long) v[i + 7] << width);
      out.putLow(low | (middle << (3 * width)) | (high << (6 * width)), width);
      return;
    }
    long bits = 0;
    int held = 0;
    for (int k = 0; k < 8; k++) {
      bits |= (long) v[i + k] << held;
      held += width;
      if (held >= Integer.SIZE) {
        out.putInt((int) bits);
        bits >>>= Integer.SIZE;
        held -= Integer.SIZE;
      }
    }
    out.putLow(bits, held / 8);
  }
}
