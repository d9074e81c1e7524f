package dev.lockstep.beam.read;

import dev.lockstep.intake.FieldType;
import dev.lockstep.value.ValueType;
import java.util.Locale;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Which of Parquet's types is read as which type of component, and how (C1, C6, C17). */
final class ColumnTypes {
  private ColumnTypes() {}

  /** How a column is read as a component, or empty where it can't be. */
  static Optional<Conversion> conversion(PrimitiveType column, FieldType field) {
    LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
    return Optional.ofNullable(
        logical == null ? plain(column, field) : annotated(column, logical, field));
  }

  private static @Nullable Conversion annotated(
      PrimitiveType column, LogicalTypeAnnotation logical, FieldType field) {
    if (logical instanceof IntLogicalTypeAnnotation integer) {
      return isNumber(field)
          ? NumberConversions.ofIntegers(field, width(column), integer.isSigned())
          : null;
    }
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return isNumber(field) ? decimals(column, decimal.getScale(), field) : null;
    }
    if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      return field.isInstant() ? NumberConversions.ofTimestamps(field, timestamp) : null;
    }
    if (logical instanceof DateLogicalTypeAnnotation) {
      return field.type() == ValueType.INSTANT ? NumberConversions.ofDays(field) : null;
    }
    if (logical instanceof UUIDLogicalTypeAnnotation) {
      boolean text = field.isFreeText() || field.component().isUuid();
      return text ? ByteConversions.ofUuids() : null;
    }
    if (logical instanceof Float16LogicalTypeAnnotation) {
      return isDouble(field) ? ByteConversions.ofHalves(field) : null;
    }
    boolean text =
        logical instanceof StringLogicalTypeAnnotation
            || logical instanceof EnumLogicalTypeAnnotation
            // No JSON is an instant: its text would have quotes.
            || (logical instanceof JsonLogicalTypeAnnotation && field.type() != ValueType.INSTANT);
    return text ? texts(field) : null;
  }

  private static @Nullable Conversion plain(PrimitiveType column, FieldType field) {
    PrimitiveTypeName name = column.getPrimitiveTypeName();
    return switch (name) {
      case BOOLEAN -> field.type() == ValueType.BOOLEAN ? Conversion.NONE : null;
      case INT32, INT64 ->
          isNumber(field) ? NumberConversions.ofIntegers(field, width(column), true) : null;
      case FLOAT, DOUBLE ->
          isDouble(field)
              ? NumberConversions.ofDoubles(field, name == PrimitiveTypeName.FLOAT)
              : null;
      case INT96 -> field.isInstant() ? ByteConversions.ofInt96(field) : null;
      case BINARY, FIXED_LEN_BYTE_ARRAY -> texts(field);
    };
  }

  /** The bits that its pages can hold, whatever narrower type its annotation says. */
  private static int width(PrimitiveType column) {
    return column.getPrimitiveTypeName() == PrimitiveTypeName.INT32 ? Integer.SIZE : Long.SIZE;
  }

  private static Conversion decimals(PrimitiveType column, int scale, FieldType field) {
    return switch (column.getPrimitiveTypeName()) {
      case INT32, INT64 -> NumberConversions.ofDecimals(field, scale);
      default -> ByteConversions.ofDecimals(field, scale);
    };
  }

  private static @Nullable Conversion texts(FieldType field) {
    return switch (field.type()) {
      case STRING -> new ByteConversions.Text(field);
      case BOOLEAN -> null;
      default -> ByteConversions.ofMeaningText(field);
    };
  }

  /** Whether whole numbers and decimals can be of the component. */
  private static boolean isNumber(FieldType field) {
    return field.type() != ValueType.STRING && field.type() != ValueType.BOOLEAN && !field.isDate();
  }

  /** Whether binary numbers can be: of decimals they never are, exactly. */
  private static boolean isDouble(FieldType field) {
    return isNumber(field) && field.type() != ValueType.DECIMAL;
  }

  /** What a file must hold for a component, for messages. */
  static String expected(FieldType field) {
    if (field.isDate()) {
      return "DATE, or text such as 2025-01-31";
    }
    return switch (field.type()) {
      case BOOLEAN -> "BOOLEAN";
      case LONG -> "integers, or DECIMAL, FLOAT, DOUBLE or text of whole numbers";
      case DECIMAL -> "DECIMAL, integers, or text of numbers";
      case DOUBLE -> "FLOAT, DOUBLE, DECIMAL, integers, or text of numbers";
      case STRING -> "BINARY or FIXED_LEN_BYTE_ARRAY (string, enum, JSON, UUID)";
      case INSTANT -> "a timestamp, INT96, DATE, ISO 8601 text, or numbers in the source's unit";
    };
  }

  /** What would help where a column can't be read as a type; begins with a space, or is empty. */
  static String cure(Type column, ValueType type) {
    if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
      return " (write what is needed of it as a column of its own)";
    }
    if (type == ValueType.DECIMAL
        && conversion(column.asPrimitiveType(), HistoryColumn.widest("", ValueType.DOUBLE))
            .isPresent()) {
      return " (write decimals, which doubles can't become exactly, or make the component a"
          + " double)";
    }
    for (ValueType other : ValueType.values()) {
      if (conversion(column.asPrimitiveType(), HistoryColumn.widest("", other)).isPresent()) {
        return " (make the component a " + javaName(other) + ", or write it so)";
      }
    }
    return " (write it as one of these)";
  }

  private static String javaName(ValueType type) {
    return switch (type) {
      case BOOLEAN -> "boolean";
      case LONG -> "long";
      case DOUBLE -> "double";
      case DECIMAL -> "BigDecimal";
      case STRING -> "String";
      case INSTANT -> "Instant";
    };
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
