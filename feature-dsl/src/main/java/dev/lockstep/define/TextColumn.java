package dev.lockstep.define;

import org.jspecify.annotations.Nullable;

/**
 * An accessor of text, as {@link NumberColumn} is of a number.
 *
 * @param <T> the event's record type
 */
@FunctionalInterface
public interface TextColumn<T> extends Column<T, @Nullable String> {}
