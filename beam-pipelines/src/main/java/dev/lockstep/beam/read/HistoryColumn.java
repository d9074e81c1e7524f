package dev.lockstep.beam.read;

import dev.lockstep.intake.FieldType;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.time.InstantReading;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Objects;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * A column of a source's file and how its values become those of a component.
 *
 * @param field the component
 * @param parquet the file's column; null where the file hasn't it
 * @param conversion of what its pages hold
 * @param fromPath the value of all rows, in a row of it alone, where a folder's name says it; null
 *     where the file holds the column, or nothing does
 */
record HistoryColumn(
    FieldType field,
    @Nullable PrimitiveType parquet,
    Conversion conversion,
    @Nullable Values fromPath) {

  /** How a Parquet column is read as a component, or empty where it can't be. */
  static Optional<HistoryColumn> of(Type column, FieldType field) {
    if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
      return Optional.empty();
    }
    PrimitiveType primitive = column.asPrimitiveType();
    return ColumnTypes.conversion(primitive, field)
        .map(conversion -> new HistoryColumn(field, primitive, conversion, null));
  }

  /** How a Parquet column is read as a type that holds all its values and null. */
  static Optional<HistoryColumn> of(Type column, ValueType type) {
    return of(column, widest(column.getName(), type));
  }

  /** A component of the widest class of its type, which may be null. */
  static FieldType widest(String name, ValueType type) {
    Class<?> javaType =
        switch (type) {
          case BOOLEAN -> Boolean.class;
          case LONG -> Long.class;
          case DOUBLE -> Double.class;
          case DECIMAL -> java.math.BigDecimal.class;
          case STRING -> String.class;
          case INSTANT -> java.time.Instant.class;
        };
    return new FieldType(
        new RecordSchema.Component(name, name, type, javaType, true, false, false),
        InstantReading.DEFAULT);
  }

  /**
   * A column that a folder's name gives a value.
   *
   * @throws dev.lockstep.kernel.DataException if it isn't one of the component
   */
  static HistoryColumn ofFolder(PartitionFolder folder, FieldType field) {
    return new HistoryColumn(field, null, Conversion.NONE, folder.as(field));
  }

  /** A column that is nowhere: null in each row (C17). */
  static HistoryColumn missing(FieldType field) {
    return new HistoryColumn(field, null, Conversion.NONE, null);
  }

  String name() {
    return field.component().fieldName();
  }

  ValueType type() {
    return field.type();
  }

  boolean isInFile() {
    return parquet != null;
  }

  boolean isMissing() {
    return parquet == null && fromPath == null;
  }

  /** The file's column, which must be there. */
  PrimitiveType inFile() {
    return Objects.requireNonNull(parquet, this::name);
  }

  /** Whether the file says times without a zone, or days: they are in the source's (C1). */
  boolean isWithoutZone() {
    return field.isInstant()
        && parquet != null
        && (parquet.getLogicalTypeAnnotation() instanceof DateLogicalTypeAnnotation
            || (parquet.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation t
                && !t.isAdjustedToUTC()));
  }
}
