package dev.lockstep.beam.write;

import dev.lockstep.value.ColumnVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** Decimals as {@link DecimalColumn} lays them out. */
record PlainDecimals(PrimitiveType type, PageScratch scratch) implements ValueEncoder {
  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
    out.ensure((long) count * DecimalColumn.BYTES);
    byte[] into = out.array();
    int at = out.size();
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      long value = bits[i];
      into[at] = (byte) (value >> 63);
      BIG_ENDIAN.set(into, at + 1, value);
      at += DecimalColumn.BYTES;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    out.advance(count * DecimalColumn.BYTES);
    return ColumnStatistics.ofDecimals(type, min, max);
  }
}
