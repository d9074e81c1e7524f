package dev.lockstep.beam.write;

import dev.lockstep.value.ColumnVector;
import java.util.Arrays;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of integers that lie close together, as counts do: found by a table over
 * their whole range, without hashing, and numbered in ascending order.
 */
final class LongDictionary implements ValueDictionary {
  /** The widest range of values that a table is made for. */
  private static final int MAX_RANGE = 1 << 16;

  private final PageScratch scratch;
  private final PrimitiveType type;
  private final int[] numbers;
  private final long[] values;
  private final long min;

  private LongDictionary(
      PrimitiveType type, PageScratch scratch, int[] numbers, long[] values, long min) {
    this.type = type;
    this.scratch = scratch;
    this.numbers = numbers;
    this.values = values;
    this.min = min;
  }

  /** The dictionary of a column chunk, or null where it wouldn't pay. */
  static @Nullable LongDictionary of(
      PrimitiveType type, ColumnVector column, int rows, PageScratch scratch) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    long count = 0;
    long[] bits = scratch.bits;
    for (int from = 0; from < rows; from += ColumnChunkWriter.PAGE_ROWS) {
      int held =
          column.copyPresentBits(from, Math.min(rows, from + ColumnChunkWriter.PAGE_ROWS), bits);
      for (int i = 0; i < held; i++) {
        min = Math.min(min, bits[i]);
        max = Math.max(max, bits[i]);
      }
      count += held;
      if (held > 0 && Long.compareUnsigned(max - min, MAX_RANGE) >= 0) {
        return null;
      }
    }
    if (count == 0 || max - min >= 4 * count) {
      return null;
    }
    int[] numbers = new int[(int) (max - min) + 1];
    for (int from = 0; from < rows; from += ColumnChunkWriter.PAGE_ROWS) {
      int held =
          column.copyPresentBits(from, Math.min(rows, from + ColumnChunkWriter.PAGE_ROWS), bits);
      for (int i = 0; i < held; i++) {
        numbers[(int) (bits[i] - min)] = 1;
      }
    }
    long[] values = number(numbers, min);
    long packed = values.length * (long) Long.BYTES + count * RunLengths.width(values.length) / 8;
    return packed < count * Long.BYTES / 4 * 3
        ? new LongDictionary(type, scratch, numbers, values, min)
        : null;
  }

  /** Numbers the marked places of a table. */
  private static long[] number(int[] marks, long min) {
    long[] values = new long[Arrays.stream(marks).sum()];
    int next = 0;
    for (int i = 0; i < marks.length; i++) {
      if (marks[i] != 0) {
        values[next] = min + i;
        marks[i] = next++;
      }
    }
    return values;
  }

  @Override
  public Encoding encoding() {
    return Encoding.RLE_DICTIONARY;
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public void encodeValues(PageBytes out) {
    out.putLongs(values, values.length);
  }

  @Override
  public Statistics.Builder encode(ColumnVector column, int from, int to, PageBytes out) {
    long[] bits = scratch.bits;
    int[] ids = scratch.ids;
    int[] table = numbers;
    int count = column.copyPresentBits(from, to, bits);
    int least = Integer.MAX_VALUE;
    int greatest = -1;
    for (int i = 0; i < count; i++) {
      int id = table[(int) (bits[i] - min)];
      ids[i] = id;
      least = Math.min(least, id);
      greatest = Math.max(greatest, id);
    }
    int width = RunLengths.width(values.length - 1);
    out.putByte(width);
    RunLengths.write(ids, count, width, out);
    return count == 0
        ? ColumnStatistics.none(type)
        : ColumnStatistics.ofLongs(type, values[least], values[greatest]);
  }
}
