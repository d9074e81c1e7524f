package dev.lockstep.beam.write;

import dev.lockstep.value.ColumnVector;
import java.util.Arrays;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** Text as UTF-8, each behind its length in four bytes. */
record PlainText(PrimitiveType type, PageScratch scratch) implements ValueEncoder {

  @Override
  public Encoding encoding() {
    return Encoding.PLAIN;
  }

  /** Long texts make pages of fewer rows, but at least of one. */
  @Override
  public int pageEnd(ColumnVector column, int from, int to) {
    int end = Math.min(to, from + ColumnChunkWriter.PAGE_ROWS);
    long characters = 0;
    for (int row = from; row < end; row++) {
      String text = column.getString(row);
      characters += text == null || column.isNull(row) ? 0 : text.length() + Integer.BYTES;
      if (characters > ColumnChunkWriter.PAGE_BYTES) {
        return Math.max(row, from + 1);
      }
    }
    return end;
  }

  @Override
  public Statistics.Builder encode(ColumnVector column, int from, int to, PageBytes out) {
    int count = column.copyPresentStrings(from, to, scratch.strings);
    if (count == 0) {
      return ColumnStatistics.none(type);
    }
    int min = put(scratch.text(0), out);
    int max = min;
    for (int i = 1; i < count; i++) {
      int at = put(scratch.text(i), out);
      if (compare(out, at, min) < 0) {
        min = at;
      } else if (compare(out, at, max) > 0) {
        max = at;
      }
    }
    return ColumnStatistics.ofText(type, text(out, min), text(out, max));
  }

  /** Puts a text behind its length and returns where that begins. */
  static int put(String text, PageBytes out) {
    int at = out.size();
    out.putInt(0);
    out.putText(text);
    out.setInt(at, out.size() - at - Integer.BYTES);
    return at;
  }

  /** Compares two texts that were put, by their bytes. */
  static int compare(PageBytes page, int a, int b) {
    int aFrom = a + Integer.BYTES;
    int bFrom = b + Integer.BYTES;
    byte[] bytes = page.array();
    return Arrays.compareUnsigned(
        bytes, aFrom, aFrom + page.getInt(a), bytes, bFrom, bFrom + page.getInt(b));
  }

  static byte[] text(PageBytes page, int at) {
    int from = at + Integer.BYTES;
    return Arrays.copyOfRange(page.array(), from, from + page.getInt(at));
  }
}
