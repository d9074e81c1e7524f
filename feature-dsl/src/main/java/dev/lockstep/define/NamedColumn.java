package dev.lockstep.define;

import org.jspecify.annotations.Nullable;

/**
 * A component of a record by its name, where no accessor is at hand.
 *
 * @param component its name
 * @param <T> the record type
 */
public record NamedColumn<T>(String component) implements Column<T, @Nullable Object> {

  @Override
  public @Nullable Object apply(T row) {
    throw new UnsupportedOperationException("the plan reads [" + component + "] by its name");
  }
}
