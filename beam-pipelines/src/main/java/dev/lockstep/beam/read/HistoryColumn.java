package dev.lockstep.beam.read;

import dev.lockstep.value.Decimals;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Locale;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Parquet file and how its values become ours.
 *
 * @param unit the unit of a timestamp; MICROS for everything else
 * @param fromPath the value of all rows, in a row of it alone, where a folder's name says it; null
 *     where the file holds the column
 */
public record HistoryColumn(
    PrimitiveType parquet, ValueType type, TimeUnit unit, @Nullable Values fromPath) {

  /** A column that a folder's name gives a value. */
  static HistoryColumn ofFolder(PartitionFolder folder, ValueType type) {
    PrimitiveTypeName name =
        type == ValueType.STRING ? PrimitiveTypeName.BINARY : PrimitiveTypeName.INT64;
    return new HistoryColumn(
        Types.optional(name).named(folder.column()), type, TimeUnit.MICROS, folder.as(type));
  }

  /** How a Parquet column is read as a value type, or empty where it can't be. */
  public static Optional<HistoryColumn> of(Type column, ValueType type) {
    if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
      return Optional.empty();
    }
    PrimitiveType primitive = column.asPrimitiveType();
    PrimitiveTypeName name = primitive.getPrimitiveTypeName();
    LogicalTypeAnnotation logical = primitive.getLogicalTypeAnnotation();
    TimestampLogicalTypeAnnotation timestamp =
        logical instanceof TimestampLogicalTypeAnnotation t ? t : null;
    boolean fits =
        switch (type) {
          case BOOLEAN -> name == PrimitiveTypeName.BOOLEAN;
          case LONG ->
              (name == PrimitiveTypeName.INT32 || name == PrimitiveTypeName.INT64)
                  && (logical == null || isSignedInteger(logical));
          case DECIMAL -> ParquetDecimals.of(primitive) != null;
          case DOUBLE -> name == PrimitiveTypeName.FLOAT || name == PrimitiveTypeName.DOUBLE;
          case STRING ->
              name == PrimitiveTypeName.BINARY
                  && (logical == null
                      || logical.equals(LogicalTypeAnnotation.stringType())
                      || logical.equals(LogicalTypeAnnotation.enumType()));
          case INSTANT -> name == PrimitiveTypeName.INT64 && timestamp != null;
        };
    return fits
        ? Optional.of(
            new HistoryColumn(
                primitive, type, timestamp != null ? timestamp.getUnit() : TimeUnit.MICROS, null))
        : Optional.empty();
  }

  private static boolean isSignedInteger(LogicalTypeAnnotation logical) {
    return logical instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation i && i.isSigned();
  }

  /** How its numbers become decimals; null where the type isn't DECIMAL. */
  @Nullable ParquetDecimals decimals() {
    return type == ValueType.DECIMAL ? ParquetDecimals.of(parquet) : null;
  }

  public String name() {
    return parquet.getName();
  }

  /** What a file must hold for a value type, for messages. */
  static String expected(ValueType type) {
    return switch (type) {
      case BOOLEAN -> "BOOLEAN";
      case LONG -> "INT32 or INT64";
      case DECIMAL ->
          "DECIMAL with at most " + Decimals.SCALE + " digits behind the point, INT32 or INT64";
      case DOUBLE -> "FLOAT or DOUBLE";
      case STRING -> "BINARY (string)";
      case INSTANT -> "INT64 (timestamp in milliseconds or microseconds)";
    };
  }

  /** What else than another file would help; empty for nothing. */
  static String cure(Type column, ValueType type) {
    return type == ValueType.DECIMAL && of(column, ValueType.DOUBLE).isPresent()
        ? " (write decimals, which doubles can't become exactly, or make the component a double)"
        : "";
  }

  /** A column as messages show it: {@code at INT64 (timestamp(micros,true))}. */
  static String describe(Type column) {
    if (!column.isPrimitive()) {
      return column.getName() + " (nested)";
    }
    LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
    return column.getName()
        + " "
        + column.asPrimitiveType().getPrimitiveTypeName()
        + (logical == null ? "" : " (" + logical.toString().toLowerCase(Locale.ROOT) + ")")
        + (column.isRepetition(Type.Repetition.REPEATED) ? " repeated" : "");
  }
}
