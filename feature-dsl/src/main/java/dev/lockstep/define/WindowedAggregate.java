package dev.lockstep.define;

import dev.lockstep.expression.Node;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation over a window: what a feature of a view is.
 *
 * @param withoutRequest whether the request's own event is left out (C3)
 * @param defaultValue what the feature is where the aggregation gives null; null for null
 */
public record WindowedAggregate<T>(
    Aggregate<T> aggregate,
    Window window,
    boolean withoutRequest,
    Node.@Nullable Literal defaultValue)
    implements Serializable {

  /** The same, but the request's own event is not in the window. */
  public WindowedAggregate<T> excludingRequest() {
    return new WindowedAggregate<>(aggregate, window, true, defaultValue);
  }

  /** The same over those events alone that satisfy a condition: {@link Aggregate#where}. */
  public WindowedAggregate<T> where(Condition condition) {
    return new WindowedAggregate<>(
        aggregate.where(condition), window, withoutRequest, defaultValue);
  }

  /** The same, but this number where it is null: over nothing, or where the key is null (C7). */
  public WindowedAggregate<T> orElse(Number value) {
    return orElse(Literals.of(value));
  }

  public WindowedAggregate<T> orElse(String value) {
    return orElse(Literals.of(value));
  }

  public WindowedAggregate<T> orElse(Instant value) {
    return orElse(Literals.of(value));
  }

  public WindowedAggregate<T> orElse(boolean value) {
    return orElse(Literals.of(value));
  }

  private WindowedAggregate<T> orElse(Node.Literal value) {
    return new WindowedAggregate<>(aggregate, window, withoutRequest, value);
  }

  /**
   * A feature of this name, for a constant that views and expressions share: {@code
   * .feature(AVG_3D)} adds it to a view, {@code feature(AVG_3D)} reads it.
   */
  public FeatureView.Feature<T> named(String featureName) {
    return new FeatureView.Feature<>(featureName, this);
  }
}
