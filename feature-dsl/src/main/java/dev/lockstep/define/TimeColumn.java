package dev.lockstep.define;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An accessor of an instant, as {@link NumberColumn} is of a number.
 *
 * @param <T> the event's record type
 */
@FunctionalInterface
public interface TimeColumn<T> extends Column<T, @Nullable Instant> {}
