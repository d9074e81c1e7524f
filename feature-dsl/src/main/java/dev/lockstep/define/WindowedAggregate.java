package dev.lockstep.define;

import java.io.Serializable;

/**
 * An aggregation of columns over a window: what a feature of a view is.
 *
 * @param withoutRequest whether the request's own event is left out (C3)
 */
public record WindowedAggregate<T>(Aggregate<T> aggregate, Window window, boolean withoutRequest)
    implements Serializable {

  /** The same, but the request's own event is not in the window. */
  public WindowedAggregate<T> excludingRequest() {
    return new WindowedAggregate<>(aggregate, window, true);
  }

  /** The same over those events alone that satisfy a condition: {@link Aggregate#where}. */
  public WindowedAggregate<T> where(Expression condition) {
    return new WindowedAggregate<>(aggregate.where(condition), window, withoutRequest);
  }
}
