package dev.lockstep.define;

import org.jspecify.annotations.Nullable;

/**
 * An accessor of a boolean, as {@link NumberColumn} is of a number.
 *
 * @param <T> the event's record type
 */
@FunctionalInterface
public interface ConditionColumn<T> extends Column<T, @Nullable Boolean> {}
