package dev.lockstep.training.compare;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;

/** A column as a Parquet file stores it: its bits, with nothing made canonical. */
record StoredColumn(ColumnDescriptor descriptor) {
  String name() {
    return descriptor.getPath()[0];
  }

  /** Name and type as one text: what two sets must agree on. */
  String declared() {
    var type = descriptor.getPrimitiveType();
    return name()
        + " "
        + type.getPrimitiveTypeName()
        + (type.getLogicalTypeAnnotation() == null ? "" : " " + type.getLogicalTypeAnnotation());
  }

  boolean isNull(ColumnReader reader) {
    return reader.getCurrentDefinitionLevel() < descriptor.getMaxDefinitionLevel();
  }

  /** Mixes the value where the reader stands, or that it is null, into a hash. */
  long mix(long hash, ColumnReader reader) {
    if (isNull(reader)) {
      return Mix.of(hash, 0x6e756c6cL);
    }
    return switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> Mix.of(hash + 1, reader.getBoolean() ? 1 : 0);
      case INT32 -> Mix.of(hash + 1, reader.getInteger());
      case INT64 -> Mix.of(hash + 1, reader.getLong());
      case FLOAT -> Mix.of(hash + 1, Float.floatToRawIntBits(reader.getFloat()));
      case DOUBLE -> Mix.of(hash + 1, Double.doubleToRawLongBits(reader.getDouble()));
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 ->
          Mix.of(hash + 1, reader.getBinary().getBytesUnsafe());
    };
  }

  /** The value where the reader stands, for people: as text, and its bits. */
  String show(ColumnReader reader) {
    if (isNull(reader)) {
      return "null";
    }
    return switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> Boolean.toString(reader.getBoolean());
      case INT32 -> reader.getInteger() + hex(Integer.toHexString(reader.getInteger()));
      case INT64 -> reader.getLong() + hex(Long.toHexString(reader.getLong()));
      case FLOAT ->
          reader.getFloat() + hex(Integer.toHexString(Float.floatToRawIntBits(reader.getFloat())));
      case DOUBLE ->
          reader.getDouble()
              + hex(Long.toHexString(Double.doubleToRawLongBits(reader.getDouble())));
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> show(reader.getBinary());
    };
  }

  private static String show(Binary binary) {
    byte[] bytes = binary.getBytes();
    return "\""
        + new String(bytes, StandardCharsets.UTF_8)
        + "\""
        + hex(HexFormat.of().formatHex(bytes));
  }

  private static String hex(String digits) {
    return " (0x" + digits + ")";
  }
}
