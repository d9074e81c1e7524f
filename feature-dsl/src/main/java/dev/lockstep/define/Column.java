package dev.lockstep.define;

import java.io.Serializable;
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
   * meaning changes. Reading it needs every column of the history.
   *
   * @param type the class of the values, as a record component could have it
   */
  static <T, R> ComputedColumn<T, R> computed(
      String name, int version, Class<R> type, Column<T, R> function) {
    return new ComputedColumn<>(name, version, type, function);
  }
}
