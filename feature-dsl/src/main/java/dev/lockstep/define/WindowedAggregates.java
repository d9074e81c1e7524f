package dev.lockstep.define;

import java.io.Serializable;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An aggregation of columns over several windows: a feature of a view for each, which {@link
 * FeatureView#features} names.
 *
 * @param all in the order of the windows
 */
public record WindowedAggregates<T>(List<WindowedAggregate<T>> all) implements Serializable {
  public WindowedAggregates {
    all = List.copyOf(all);
  }

  /** The same, but the request's own event is in none of the windows. */
  public WindowedAggregates<T> excludingRequest() {
    return each(WindowedAggregate::excludingRequest);
  }

  /** The same over those events alone that satisfy a condition: {@link Aggregate#where}. */
  public WindowedAggregates<T> where(Condition condition) {
    return each(value -> value.where(condition));
  }

  private WindowedAggregates<T> each(UnaryOperator<WindowedAggregate<T>> change) {
    return new WindowedAggregates<>(all.stream().map(change).toList());
  }

  /** The same, but this number wherever one is null: {@link WindowedAggregate#orElse}. */
  public WindowedAggregates<T> orElse(Number value) {
    return each(w -> w.orElse(value));
  }

  /** The same, but this text wherever one is null. */
  public WindowedAggregates<T> orElse(String value) {
    return each(w -> w.orElse(value));
  }
}
