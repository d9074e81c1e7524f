package dev.lockstep.define;

import dev.lockstep.aggregate.Aggregation;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation of a column over a window: what a feature of a view is.
 *
 * @param withoutRequest whether the request's own event is left out (C3)
 */
public record WindowedAggregate<T>(
    Aggregation aggregation, @Nullable Column<T, ?> column, Window window, boolean withoutRequest)
    implements Serializable {

  /** The same, but the request's own event is not in the window. */
  public WindowedAggregate<T> excludingRequest() {
    return new WindowedAggregate<>(aggregation, column, window, true);
  }
}
