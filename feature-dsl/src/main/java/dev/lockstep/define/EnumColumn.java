package dev.lockstep.define;

import org.jspecify.annotations.Nullable;

/**
 * An accessor of an enum's constant, as {@link NumberColumn} is of a number; in expressions it is
 * the constant's name.
 *
 * @param <T> the event's record type
 */
@FunctionalInterface
public interface EnumColumn<T> extends Column<T, @Nullable Enum<?>> {}
