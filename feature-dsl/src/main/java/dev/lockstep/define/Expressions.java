package dev.lockstep.define;

import dev.lockstep.expression.CallOperator;
import dev.lockstep.expression.FeatureKind;
import dev.lockstep.expression.Node;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where expressions begin, to be imported statically. */
public final class Expressions {
  private Expressions() {}

  /** A number of the request. */
  public static <T> NumberExpression request(NumberColumn<T> column) {
    return new NumberExpression(new Node.Field(column, true));
  }

  /** Text of the request. */
  public static <T> TextExpression request(TextColumn<T> column) {
    return new TextExpression(new Node.Field(column, true));
  }

  /** An instant of the request. */
  public static <T> TimeExpression request(TimeColumn<T> column) {
    return new TimeExpression(new Node.Field(column, true));
  }

  /** The name of an enum's constant of the request. */
  public static <T> TextExpression request(EnumColumn<T> column) {
    return new TextExpression(new Node.Field(column, true));
  }

  /** The text of a UUID of the request. */
  public static <T> TextExpression request(UuidColumn<T> column) {
    return new TextExpression(new Node.Field(column, true));
  }

  /** The first instant, in UTC, of a day of the request. */
  public static <T> TimeExpression request(DateColumn<T> column) {
    return new TimeExpression(new Node.Field(column, true));
  }

  /** A boolean of the request. */
  public static <T> Condition request(ConditionColumn<T> column) {
    return new Condition(new Node.Field(column, true));
  }

  /**
   * A column of the request whose type the compiler can't see: {@link #number} and its like give
   * one.
   */
  public static <T> Expression request(Column<T, ?> column) {
    return new UntypedExpression(new Node.Field(column, true));
  }

  /** A number of the event that a condition, an aggregation or a label reads. */
  public static <T> NumberExpression field(NumberColumn<T> column) {
    return new NumberExpression(new Node.Field(column, false));
  }

  /** Text of the event. */
  public static <T> TextExpression field(TextColumn<T> column) {
    return new TextExpression(new Node.Field(column, false));
  }

  /** An instant of the event. */
  public static <T> TimeExpression field(TimeColumn<T> column) {
    return new TimeExpression(new Node.Field(column, false));
  }

  /** The name of an enum's constant of the event. */
  public static <T> TextExpression field(EnumColumn<T> column) {
    return new TextExpression(new Node.Field(column, false));
  }

  /** The text of a UUID of the event. */
  public static <T> TextExpression field(UuidColumn<T> column) {
    return new TextExpression(new Node.Field(column, false));
  }

  /** The first instant, in UTC, of a day of the event. */
  public static <T> TimeExpression field(DateColumn<T> column) {
    return new TimeExpression(new Node.Field(column, false));
  }

  /** A boolean of the event. */
  public static <T> Condition field(ConditionColumn<T> column) {
    return new Condition(new Node.Field(column, false));
  }

  /**
   * A column of the event whose type the compiler can't see: {@link #number} and its like give one.
   */
  public static <T> Expression field(Column<T, ?> column) {
    return new UntypedExpression(new Node.Field(column, false));
  }

  /** A number of a column that a variable holds, or of one that may be missing. */
  public static <T> NumberExpression number(Column<T, ? extends @Nullable Number> column) {
    return new NumberExpression(new Node.Field(column, false));
  }

  public static <T, N extends Number> NumberExpression number(OptionalColumn<T, N> column) {
    return new NumberExpression(new Node.Field(column, false));
  }

  /** The text of such a column. */
  public static <T> TextExpression text(Column<T, ? extends @Nullable String> column) {
    return new TextExpression(new Node.Field(column, false));
  }

  public static <T> TextExpression text(OptionalColumn<T, String> column) {
    return new TextExpression(new Node.Field(column, false));
  }

  /** The instant of such a column. */
  public static <T> TimeExpression time(Column<T, ? extends @Nullable Instant> column) {
    return new TimeExpression(new Node.Field(column, false));
  }

  public static <T> TimeExpression time(OptionalColumn<T, Instant> column) {
    return new TimeExpression(new Node.Field(column, false));
  }

  /** The boolean of such a column. */
  public static <T> Condition condition(Column<T, ? extends @Nullable Boolean> column) {
    return new Condition(new Node.Field(column, false));
  }

  public static <T> Condition condition(OptionalColumn<T, Boolean> column) {
    return new Condition(new Node.Field(column, false));
  }

  /** Another feature of the set, which is a number. */
  public static NumberExpression feature(String name) {
    return new NumberExpression(new Node.Feature(name, FeatureKind.NUMBER));
  }

  /** Another feature of the set, which is text. */
  public static TextExpression textFeature(String name) {
    return new TextExpression(new Node.Feature(name, FeatureKind.TEXT));
  }

  /** Another feature of the set, which is an instant. */
  public static TimeExpression timeFeature(String name) {
    return new TimeExpression(new Node.Feature(name, FeatureKind.TIME));
  }

  /** Another feature of the set, which is a boolean. */
  public static Condition conditionFeature(String name) {
    return new Condition(new Node.Feature(name, FeatureKind.CONDITION));
  }

  /** A view's feature, which is a number, by the constant that holds it. */
  public static NumberExpression feature(FeatureView.Feature<?> feature) {
    return feature(feature.name());
  }

  /** A view's feature, which is text, by the constant that holds it. */
  public static TextExpression textFeature(FeatureView.Feature<?> feature) {
    return textFeature(feature.name());
  }

  /** A view's feature, which is an instant, by the constant that holds it. */
  public static TimeExpression timeFeature(FeatureView.Feature<?> feature) {
    return timeFeature(feature.name());
  }

  /** A view's feature, which is a boolean, by the constant that holds it. */
  public static Condition conditionFeature(FeatureView.Feature<?> feature) {
    return conditionFeature(feature.name());
  }

  /**
   * A number of a table, as of the request (C10), by the table's entity: for expressions, and for
   * the key of another lookup. It needn't be in the vector.
   */
  public static <T> NumberExpression lookup(Table<T> table, NumberColumn<T> field) {
    return new NumberExpression(lookupOf(table, field, null));
  }

  /** Text of a table, as of the request. */
  public static <T> TextExpression lookup(Table<T> table, TextColumn<T> field) {
    return new TextExpression(lookupOf(table, field, null));
  }

  /** An instant of a table, as of the request. */
  public static <T> TimeExpression lookup(Table<T> table, TimeColumn<T> field) {
    return new TimeExpression(lookupOf(table, field, null));
  }

  /** A boolean of a table, as of the request. */
  public static <T> Condition lookup(Table<T> table, ConditionColumn<T> field) {
    return new Condition(lookupOf(table, field, null));
  }

  /** A field of a table whose type the compiler can't see, as of the request. */
  public static <T> Expression lookup(Table<T> table, Column<T, ?> field) {
    return new UntypedExpression(lookupOf(table, field, null));
  }

  /** A number of a table, as of the request, by another key than the request's of its entity. */
  public static <T> NumberExpression lookup(Table.KeyedTable<?, T> keyed, NumberColumn<T> field) {
    return new NumberExpression(lookupOf(keyed.table(), field, keyed.key()));
  }

  /** Text of a table, as of the request, by another key. */
  public static <T> TextExpression lookup(Table.KeyedTable<?, T> keyed, TextColumn<T> field) {
    return new TextExpression(lookupOf(keyed.table(), field, keyed.key()));
  }

  /** An instant of a table, as of the request, by another key. */
  public static <T> TimeExpression lookup(Table.KeyedTable<?, T> keyed, TimeColumn<T> field) {
    return new TimeExpression(lookupOf(keyed.table(), field, keyed.key()));
  }

  /** A boolean of a table, as of the request, by another key. */
  public static <T> Condition lookup(Table.KeyedTable<?, T> keyed, ConditionColumn<T> field) {
    return new Condition(lookupOf(keyed.table(), field, keyed.key()));
  }

  /** A field of a table whose type the compiler can't see, as of the request, by another key. */
  public static <T> Expression lookup(Table.KeyedTable<?, T> keyed, Column<T, ?> field) {
    return new UntypedExpression(lookupOf(keyed.table(), field, keyed.key()));
  }

  private static Node lookupOf(Table<?> table, Column<?, ?> field, @Nullable List<Expression> key) {
    return new Node.Lookup(new TableField(table, field, key));
  }

  /** A constant: {@code 1} is a LONG, {@code 1.0} a DOUBLE, a {@code BigDecimal} a DECIMAL. */
  public static NumberExpression literal(Number value) {
    return new NumberExpression(Literals.of(value));
  }

  public static TextExpression literal(String value) {
    return new TextExpression(Literals.of(value));
  }

  public static TimeExpression literal(Instant value) {
    return new TimeExpression(Literals.of(value));
  }

  public static Condition literal(boolean value) {
    return new Condition(Literals.of(value));
  }

  /** {@code when(c).then(a).otherwise(b)}. */
  public static When when(Condition condition) {
    return new When(condition);
  }

  /**
   * The great-circle distance of two points in metres, as a DOUBLE: {@link
   * dev.lockstep.aggregate.Haversine}. Null where a latitude is beyond 90 degrees or a longitude
   * beyond 180.
   */
  public static NumberExpression distance(
      NumberExpression latitude1,
      NumberExpression longitude1,
      NumberExpression latitude2,
      NumberExpression longitude2) {
    return new NumberExpression(
        new Node.Call(
            CallOperator.DISTANCE,
            List.of(latitude1.node, longitude1.node, latitude2.node, longitude2.node),
            List.of()));
  }
}
