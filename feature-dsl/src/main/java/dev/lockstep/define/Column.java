package dev.lockstep.define;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A typed reference to a value of an event: an accessor of its record ({@code Swipe::amount}),
 * whose name is read from it, or a {@link ComputedColumn}.
 *
 * <p>A lambda has no name to read: the plan refuses it and says how to name it.
 *
 * @param <T> the event's record type
 * @param <R> the value's type
 */
@FunctionalInterface
public interface Column<T, R extends @Nullable Object> extends Function<T, R>, Serializable {

  /**
   * A value computed from the whole event by a function that the plan can't look into.
   *
   * <p>It counts in the fingerprint by name and version, so raise the version when the function's
   * meaning changes. Reading it needs every column of the history, and makes the record of each
   * row; where one or two columns are enough, name them. What the function throws makes the row a
   * data error (C17).
   *
   * @param type the class of the values, as a record component could have it
   */
  static <T, R> ComputedColumn<T, R> computed(
      String name, int version, Class<R> type, Column<T, R> function) {
    return new ComputedColumn<>(name, version, type, function, List.of(), null);
  }

  /**
   * A value computed from one column of the event: only that one is read.
   *
   * @param input an accessor of the record
   * @param function gets the column's value, null where it is null
   */
  static <T, A, R> ComputedColumn<T, R> computed(
      String name, int version, Class<R> type, Column<T, A> input, OfOne<A, R> function) {
    return new ComputedColumn<>(
        name, version, type, event -> function.apply(input.apply(event)), List.of(input), function);
  }

  /** A value computed from two columns of the event, as from one. */
  static <T, A, B, R> ComputedColumn<T, R> computed(
      String name,
      int version,
      Class<R> type,
      Column<T, A> first,
      Column<T, B> second,
      OfTwo<A, B, R> function) {
    return new ComputedColumn<>(
        name,
        version,
        type,
        event -> function.apply(first.apply(event), second.apply(event)),
        List.of(first, second),
        function);
  }

  /** A function of the values of some columns. */
  interface OfColumns extends Serializable {
    /** The function's value; the arguments are the columns' values, in their order. */
    @Nullable Object of(@Nullable Object[] values);
  }

  /** A function of one column's value, which is null where the column is. */
  @FunctionalInterface
  interface OfOne<A, R> extends OfColumns {
    R apply(A value);

    @Override
    @SuppressWarnings("unchecked") // the definition's compiler checked the column's type
    default @Nullable Object of(@Nullable Object[] values) {
      return apply((A) values[0]);
    }
  }

  /** A function of two columns' values, which are null where the columns are. */
  @FunctionalInterface
  interface OfTwo<A, B, R> extends OfColumns {
    R apply(A first, B second);

    @Override
    @SuppressWarnings("unchecked") // the definition's compiler checked the columns' types
    default @Nullable Object of(@Nullable Object[] values) {
      return apply((A) values[0], (B) values[1]);
    }
  }
}
