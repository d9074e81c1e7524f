package dev.lockstep.beam.write;

import dev.lockstep.value.Decimals;
import java.nio.ByteBuffer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Decimals as a Parquet column: {@code DECIMAL(19, 6)} in nine bytes, because Parquet's 64-bit
 * integers hold no decimal of more than 18 digits.
 */
final class DecimalColumn {
  static final int BYTES = Long.BYTES + 1;

  private DecimalColumn() {}

  static PrimitiveType of(String name, Type.Repetition repetition) {
    return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
        .length(BYTES)
        .as(LogicalTypeAnnotation.decimalType(Decimals.SCALE, Decimals.PRECISION))
        .named(name);
  }

  /** Some millionths in two's complement, greatest byte first. */
  static Binary value(long bits) {
    return Binary.fromConstantByteArray(bytes(bits));
  }

  static byte[] bytes(long bits) {
    return ByteBuffer.allocate(BYTES).put((byte) (bits >> (Long.SIZE - 1))).putLong(bits).array();
  }
}
