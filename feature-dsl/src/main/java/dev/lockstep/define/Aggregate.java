package dev.lockstep.define;

import dev.lockstep.aggregate.Aggregation;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation of a column, still without a window.
 *
 * @param column what it reads; null for {@code count()}, which reads nothing
 */
public record Aggregate<T>(Aggregation aggregation, @Nullable Column<T, ?> column)
    implements Serializable {

  /** This aggregation over a window. */
  public WindowedAggregate<T> over(Window window) {
    return new WindowedAggregate<>(aggregation, column, window, false);
  }
}
