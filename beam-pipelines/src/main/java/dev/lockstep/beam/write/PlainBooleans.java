package dev.lockstep.beam.write;

import dev.lockstep.value.ColumnVector;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** Booleans, one bit each, the first of a byte lowest. */
record PlainBooleans(PrimitiveType type, PageScratch scratch) implements ValueEncoder {

  @Override
  public Encoding encoding() {
    return Encoding.PLAIN;
  }

  @Override
  public Statistics.Builder encode(ColumnVector column, int from, int to, PageBytes out) {
    long[] bits = scratch.bits;
    int count = column.copyPresentBits(from, to, bits);
    if (count == 0) {
      return ColumnStatistics.none(type);
    }
    int bytes = (count + 7) / 8;
    out.ensure(bytes);
    byte[] into = out.array();
    int at = out.size();
    long any = 0;
    long all = 1;
    for (int b = 0; b < bytes; b++) {
      int packed = 0;
      int end = Math.min(8, count - b * 8);
      for (int i = 0; i < end; i++) {
        long bit = bits[b * 8 + i] & 1;
        packed |= (int) bit << i;
        any |= bit;
        all &= bit;
      }
      into[at + b] = (byte) packed;
    }
    out.advance(bytes);
    return ColumnStatistics.ofBooleans(type, all != 0, any != 0);
  }
}
