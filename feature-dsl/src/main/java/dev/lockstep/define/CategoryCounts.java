package dev.lockstep.define;

import dev.lockstep.aggregate.Count;
import java.util.List;

/**
 * How often the values of a category occur: {@code countBy(Refund::reason, "damaged", "late")} is
 * {@code count().by(Refund::reason, "damaged", "late")}. {@link Aggregations} has them by
 * inheritance, to be imported from there.
 */
public abstract sealed class CategoryCounts permits ExpressionAggregations {
  CategoryCounts() {}

  /**
   * How often each value of a column occurs; STRING: a JSON object, null over nothing. {@code
   * count().by(column)}.
   */
  public static <T> Aggregate<T> countBy(Column<T, ?> column) {
    return CategoryCounts.<T>count().by(column);
  }

  /** How often each of these texts occurs: a LONG for each, named {@code feature_text}. */
  public static <T> Aggregate<T> countBy(Column<T, String> column, String first, String... more) {
    return CategoryCounts.<T>count().by(column, first, more);
  }

  /** How often each of these integers occurs: a LONG for each, named {@code feature_7}. */
  public static <T> Aggregate<T> countBy(
      Column<T, ? extends Number> column, long first, long... more) {
    return CategoryCounts.<T>count().by(column, first, more);
  }

  /** How often each of these constants occurs: a LONG for each, {@code feature_CONSTANT}. */
  @SafeVarargs
  public static <T, E extends Enum<E>> Aggregate<T> countBy(
      Column<T, E> column, E first, E... more) {
    return CategoryCounts.<T>count().by(column, first, more);
  }

  /** The number of events, nulls or not; LONG, 0 over nothing. */
  public static <T> Aggregate<T> count() {
    return new Aggregate<>(new Count(), List.of());
  }
}
