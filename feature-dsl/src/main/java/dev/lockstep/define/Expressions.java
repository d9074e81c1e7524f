package dev.lockstep.define;

import dev.lockstep.value.ValueType;
import java.util.List;

/** Where expressions begin, to be imported statically. */
public final class Expressions {
  private Expressions() {}

  /** A column of the request. */
  public static <T> Expression request(Column<T, ?> column) {
    return new Expression.Field(column);
  }

  /** A column of the event that a label reads. */
  public static <T> Expression field(Column<T, ?> column) {
    return new Expression.Field(column);
  }

  /** Another feature of the set. */
  public static Expression feature(String name) {
    return new Expression.Feature(name);
  }

  /**
   * A field of a table, as of the request (C10), by the table's entity: for expressions, and for
   * the key of another lookup. It needn't be in the vector.
   */
  public static <T> Expression lookup(Table<T> table, Column<T, ?> field) {
    return new Expression.Lookup(new TableField(table, field, null));
  }

  /** A field of a table, as of the request, by another key than the request's of its entity. */
  public static <T> Expression lookup(Table.KeyedTable<?, T> keyed, Column<T, ?> field) {
    return new Expression.Lookup(new TableField(keyed.table(), field, keyed.key()));
  }

  /** A constant; a whole number stays an integer beside integers by {@link #literal(long)}. */
  public static Expression literal(double value) {
    return new Expression.Literal(ValueType.DOUBLE, value);
  }

  public static Expression literal(long value) {
    return new Expression.Literal(ValueType.LONG, value);
  }

  public static Expression literal(String value) {
    return new Expression.Literal(ValueType.STRING, value);
  }

  public static Expression literal(boolean value) {
    return new Expression.Literal(ValueType.BOOLEAN, value);
  }

  /** {@code when(c).then(a).otherwise(b)}. */
  public static Condition when(Expression condition) {
    return new Condition(condition);
  }

  /**
   * The great-circle distance of two points in metres, as a DOUBLE: {@link
   * dev.lockstep.aggregate.Haversine}. Null where a latitude is beyond 90 degrees or a longitude
   * beyond 180.
   */
  public static Expression distance(
      Expression latitude1, Expression longitude1, Expression latitude2, Expression longitude2) {
    return new Expression.Call(
        CallOperator.DISTANCE, List.of(latitude1, longitude1, latitude2, longitude2), List.of());
  }
}
