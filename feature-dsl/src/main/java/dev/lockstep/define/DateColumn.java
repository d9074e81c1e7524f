package dev.lockstep.define;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An accessor of a day, as {@link NumberColumn} is of a number; in expressions it is its first
 * instant in UTC.
 *
 * @param <T> the event's record type
 */
@FunctionalInterface
public interface DateColumn<T> extends Column<T, @Nullable LocalDate> {}
