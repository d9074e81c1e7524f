package dev.lockstep.beam.read;

import dev.lockstep.value.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * How numbers of a Parquet column become decimals: those of any decimal type with at most {@value
 * Decimals#SCALE} digits behind the point, and integers.
 *
 * @param scale the digits behind the point in the file; 0 to {@value Decimals#SCALE}
 */
record ParquetDecimals(int scale) {

  /** That of a column, or null where its numbers aren't decimals of ours. */
  static @Nullable ParquetDecimals of(PrimitiveType column) {
    LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal.getScale() <= Decimals.SCALE ? new ParquetDecimals(decimal.getScale()) : null;
    }
    boolean integer =
        switch (column.getPrimitiveTypeName()) {
          case INT32, INT64 ->
              logical == null || (logical instanceof IntLogicalTypeAnnotation i && i.isSigned());
          default -> false;
        };
    return integer ? new ParquetDecimals(0) : null;
  }

  /**
   * The millionths of a number.
   *
   * @throws ArithmeticException if it doesn't fit
   */
  long bits(long unscaled) {
    return scale == Decimals.SCALE
        ? unscaled
        : Decimals.bitsOf(BigDecimal.valueOf(unscaled, scale));
  }

  /**
   * The millionths of a number in two's complement, greatest byte first.
   *
   * @throws ArithmeticException if it doesn't fit
   */
  long bits(byte[] unscaled) {
    return Decimals.bitsOf(new BigDecimal(new BigInteger(unscaled), scale));
  }
}
