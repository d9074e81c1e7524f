package dev.lockstep.training;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The texts of many request ids side by side, while they are put in order: about five bytes a row
 * beside the text itself.
 */
final class IdTexts {
  private static final int PAGE_BITS = 12;
  private static final int PAGE_ROWS = 1 << PAGE_BITS;
  private static final int FIRST_BYTES = 1 << 16;

  private final List<byte[]> pages = new ArrayList<>();
  private final List<int[]> ends = new ArrayList<>();
  private byte[] open = new byte[FIRST_BYTES];
  private int[] openEnds = new int[PAGE_ROWS];
  private int openRows;

  /**
   * Appends an id.
   *
   * @return its hash, as {@link IdHash#of(String)}
   */
  long add(String id) {
    byte[] text = id.getBytes(StandardCharsets.UTF_8);
    int start = openRows == 0 ? 0 : openEnds[openRows - 1];
    int end = Math.addExact(start, text.length);
    if (end > open.length) {
      open = Arrays.copyOf(open, Math.max(end, open.length + (open.length >> 1)));
    }
    System.arraycopy(text, 0, open, start, text.length);
    openEnds[openRows++] = end;
    if (openRows == PAGE_ROWS) {
      seal();
    }
    return IdHash.of(text);
  }

  /** Ends the appending; to be called before {@link #compare}. */
  void seal() {
    if (openRows > 0) {
      pages.add(Arrays.copyOf(open, openEnds[openRows - 1]));
      ends.add(Arrays.copyOf(openEnds, openRows));
      openRows = 0;
    }
  }

  /** Orders two ids by their UTF-8 bytes, as text is ordered everywhere. */
  int compare(int a, int b) {
    return Arrays.compareUnsigned(
        pages.get(a >> PAGE_BITS), start(a), end(a), pages.get(b >> PAGE_BITS), start(b), end(b));
  }

  private int start(int row) {
    return row % PAGE_ROWS == 0 ? 0 : end(row - 1);
  }

  private int end(int row) {
    return ends.get(row >> PAGE_BITS)[row % PAGE_ROWS];
  }
}
