package dev.lockstep.define;

import java.util.Optional;

/**
 * An accessor of a value that may be missing: {@link Expressions#number number}, {@link
 * Expressions#text text} and their like give it its type.
 *
 * @param <T> the event's record type
 * @param <R> the type of the value that may be missing
 */
@FunctionalInterface
public interface OptionalColumn<T, R> extends Column<T, Optional<R>> {}
