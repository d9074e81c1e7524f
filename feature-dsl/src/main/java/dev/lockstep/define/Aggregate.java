package dev.lockstep.define;

import dev.lockstep.aggregate.Aggregation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation of columns or expressions, still without a window. Immutable: every method returns
 * a new one.
 *
 * @param inputs what it reads, in order; none for {@code count()}. Events with a null among them
 *     take no part (C7).
 * @param predicate which events take part; null for all
 * @param category what it is split by; null for nothing
 * @param inColumns whether a list of results is to be features of their own
 * @param mistakes settings given twice, for the plan to report
 */
public record Aggregate<T>(
    Aggregation aggregation,
    List<Expression> inputs,
    @Nullable Condition predicate,
    @Nullable Category<T> category,
    boolean inColumns,
    List<DefinitionError> mistakes)
    implements Serializable {

  /**
   * What an aggregation is split by.
   *
   * @param values those that become features of their own; empty for a map of all
   * @param asked the column of the request that holds the one category to read; null for none
   */
  public record Category<T>(Column<T, ?> column, List<Object> values, @Nullable Column<?, ?> asked)
      implements Serializable {
    public Category {
      values = List.copyOf(values);
    }

    Category(Column<T, ?> column, List<Object> values) {
      this(column, values, null);
    }

    @Override
    public String toString() {
      return ColumnReference.textOf(column) + (values.isEmpty() ? "" : " of " + values);
    }
  }

  public Aggregate {
    inputs = List.copyOf(inputs);
    mistakes = List.copyOf(mistakes);
  }

  /** An aggregation of all events. */
  public Aggregate(Aggregation aggregation, List<Column<T, ?>> columns) {
    this(
        aggregation,
        columns.stream().<Expression>map(c -> Expressions.field(c)).toList(),
        null,
        null,
        false,
        List.of());
  }

  /** An aggregation of all events that reads expressions over their fields. */
  static <T> Aggregate<T> ofExpressions(Aggregation aggregation, Expression... inputs) {
    return new Aggregate<>(aggregation, List.of(inputs), null, null, false, List.of());
  }

  /**
   * The same over those events alone that satisfy a condition on their fields: {@code
   * sum(Swipe::amount).where(field(Swipe::online))}. Null doesn't satisfy. Said twice, both hold.
   */
  public Aggregate<T> where(Condition condition) {
    Condition both = predicate == null ? condition : predicate.and(condition);
    return new Aggregate<>(aggregation, inputs, both, category, inColumns, mistakes);
  }

  /**
   * One result for each value of a column that occurs in the window: a STRING holding a JSON object
   * with the values as keys, in their order; null over nothing. Events where it is null don't
   * count.
   */
  public <S extends T> Aggregate<S> by(Column<S, ?> column) {
    return by(new Category<>(column, List.of()));
  }

  /** One feature for each of these texts, named {@code feature_text}, over its events alone. */
  public <S extends T> Aggregate<S> by(Column<S, String> column, String first, String... more) {
    List<Object> values = new ArrayList<>(List.of(first));
    values.addAll(Arrays.asList(more));
    return by(new Category<>(column, values));
  }

  /** One feature for each of these integers, named {@code feature_7}, over its events alone. */
  public <S extends T> Aggregate<S> by(
      Column<S, ? extends Number> column, long first, long... more) {
    List<Object> values = new ArrayList<>(List.of(first));
    Arrays.stream(more).forEach(values::add);
    return by(new Category<>(column, values));
  }

  /** One feature for each of these constants, named {@code feature_CONSTANT}, over its events. */
  @SafeVarargs
  public final <S extends T, E extends Enum<E>> Aggregate<S> by(
      Column<S, E> column, E first, E... more) {
    List<Object> values = new ArrayList<>(List.of(first.name()));
    Arrays.stream(more).map(Enum::name).forEach(values::add);
    return by(new Category<>(column, values));
  }

  private <S extends T> Aggregate<S> by(Category<S> second) {
    return new Aggregate<>(
        aggregation,
        inputs,
        predicate,
        second,
        inColumns,
        SetOnce.more(mistakes, "by", category, second));
  }

  /**
   * Of the map by category the one value at the request's own: after {@code by(Swipe::category)},
   * {@code at(Swipe::category)} is one feature of the aggregation's own type, over the events whose
   * category is the request's; over none what the aggregation is over nothing.
   *
   * @param requestColumn the column of the request that holds the category
   */
  public <R> Aggregate<T> at(Column<R, ?> requestColumn) {
    if (category == null || !category.values().isEmpty()) {
      List<DefinitionError> more = new ArrayList<>(mistakes);
      more.add(
          new DefinitionError(
              "",
              "at("
                  + ColumnReference.textOf(requestColumn)
                  + ") reads one value of a map by category, and there is no map",
              "say first what the map is by, without listing values: by(Record::category)"));
      return new Aggregate<>(aggregation, inputs, predicate, category, inColumns, more);
    }
    return new Aggregate<>(
        aggregation,
        inputs,
        predicate,
        new Category<>(category.column(), List.of(), requestColumn),
        inColumns,
        SetOnce.more(mistakes, "at", category.asked(), requestColumn));
  }

  /** The same of whatever category: what the plan reads where events are keyed by it. */
  public Aggregate<T> ofAnyCategory() {
    return new Aggregate<>(aggregation, inputs, predicate, null, inColumns, mistakes);
  }

  /**
   * The elements of a list as features of their own, named {@code feature_1} and so on, null where
   * the list is shorter: what a model can read of {@code lastK} or {@code topK}.
   */
  public Aggregate<T> asColumns() {
    return new Aggregate<>(aggregation, inputs, predicate, category, true, mistakes);
  }

  /** This aggregation over several windows, a feature for each. */
  public WindowedAggregates<T> over(Windows windows) {
    return new WindowedAggregates<>(windows.all().stream().map(this::over).toList());
  }

  /** This aggregation over several windows of whatever kinds, a feature for each. */
  public WindowedAggregates<T> over(Window first, Window second, Window... more) {
    List<Window> windows = new ArrayList<>(List.of(first, second));
    windows.addAll(Arrays.asList(more));
    return over(new Windows(windows));
  }

  /** This aggregation over a window. */
  public WindowedAggregate<T> over(Window window) {
    return new WindowedAggregate<>(this, window, false, null);
  }
}
