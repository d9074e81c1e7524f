package dev.lockstep.define;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An accessor of a UUID, as {@link NumberColumn} is of a number; in expressions it is text.
 *
 * @param <T> the event's record type
 */
@FunctionalInterface
public interface UuidColumn<T> extends Column<T, @Nullable UUID> {}
