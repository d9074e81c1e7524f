package dev.lockstep.beam.write;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** Integers, instants and doubles, eight bytes each, copied as they lie in memory. */
record PlainNumbers(PrimitiveType type, PageScratch scratch) implements ValueEncoder {

  @Override
  public Encoding encoding() {
    return Encoding.PLAIN;
  }

  @Override
  public Statistics.Builder encode(ColumnVector column, int from, int to, PageBytes out) {
    long[] bits = scratch.bits;
    int count = column.copyPresentBits(from, to, bits);
    out.putLongs(bits, count);
    if (count == 0) {
      return ColumnStatistics.none(type);
    }
    return column.type() == ValueType.DOUBLE ? doubles(bits, count) : integers(bits, count);
  }

  private Statistics.Builder integers(long[] bits, int count) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, bits[i]);
      max = Math.max(max, bits[i]);
    }
    return ColumnStatistics.ofLongs(type, min, max);
  }

  /** As whole numbers in the order of the doubles, which compare faster; NaN is beyond infinity. */
  private Statistics.Builder doubles(long[] bits, int count) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      long ordered = ordered(bits[i]);
      min = Math.min(min, ordered);
      max = Math.max(max, ordered);
    }
    if (max > ordered(Double.doubleToRawLongBits(Double.POSITIVE_INFINITY))
        || min < ordered(Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY))) {
      throw new IllegalArgumentException(
          "column [" + type.getName() + "] holds a NaN; a value that isn't known is null (C7)");
    }
    return ColumnStatistics.ofLongs(type, ordered(min), ordered(max));
  }

  /** Its own inverse. */
  private static long ordered(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
