package dev.lockstep.beam.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** Least and greatest values of a page as Parquet states them. */
final class ColumnStatistics {
  private ColumnStatistics() {}

  /** Of a page that holds no value. */
  static Statistics.Builder none(PrimitiveType type) {
    return Statistics.getBuilderForReading(type);
  }

  /** Of values of 64 bits: integers, instants, or bits of doubles. */
  static Statistics.Builder ofLongs(PrimitiveType type, long min, long max) {
    return none(type).withMin(littleEndian(min)).withMax(littleEndian(max));
  }

  static Statistics.Builder ofDecimals(PrimitiveType type, long min, long max) {
    return none(type).withMin(DecimalColumn.bytes(min)).withMax(DecimalColumn.bytes(max));
  }

  static Statistics.Builder ofBooleans(PrimitiveType type, boolean min, boolean max) {
    return none(type)
        .withMin(new byte[] {(byte) (min ? 1 : 0)})
        .withMax(new byte[] {(byte) (max ? 1 : 0)});
  }

  static Statistics.Builder ofText(PrimitiveType type, byte[] min, byte[] max) {
    return none(type).withMin(min).withMax(max);
  }

  private static byte[] littleEndian(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
