package dev.lockstep.define;

import org.jspecify.annotations.Nullable;

/**
 * An accessor of a number, as a record's component has it: by this type the compiler tells what an
 * expression that begins with it is.
 *
 * @param <T> the event's record type
 */
@FunctionalInterface
public interface NumberColumn<T> extends Column<T, @Nullable Number> {}
