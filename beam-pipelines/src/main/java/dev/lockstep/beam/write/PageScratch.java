package dev.lockstep.beam.write;

import org.jspecify.annotations.Nullable;

/** Arrays for the values of one page, which all columns of a writer share one after another. */
final class PageScratch {
  final long[] bits = new long[ColumnChunkWriter.PAGE_ROWS];
  final int[] ids = new int[ColumnChunkWriter.PAGE_ROWS + RunLengths.PADDING];
  final @Nullable String[] strings = new @Nullable String[ColumnChunkWriter.PAGE_ROWS];

  /** The text of a row that has one. */
  String text(int row) {
    String text = strings[row];
    if (text == null) {
      throw new IllegalStateException("a present text without a value");
    }
    return text;
  }
}
