package dev.lockstep.plan;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import java.util.List;

/**
 * A view as the kernel runs it.
 *
 * @param entity the entity's name
 * @param overRequests whether its source is the request's
 * @param fingerprint of the view alone: what its stored state depends on (C14)
 * @param columns of its source that features read as they are
 * @param sourceLatenessMicros how far behind its availability an event may be (C4)
 * @param requestLatenessMicros how far behind its availability a request may ask (C4): decides what
 *     can be pruned
 */
public record ViewPlan(
    int index,
    String name,
    int source,
    String entity,
    List<Integer> eventKey,
    List<Integer> requestKey,
    List<Integer> columns,
    List<TypedExpression> predicates,
    List<ValueType> columnTypes,
    List<Feature> features,
    boolean overRequests,
    long sourceLatenessMicros,
    long requestLatenessMicros,
    String fingerprint)
    implements Branch {

  /**
   * One feature.
   *
   * @param inputs what it reads, as indexes into the view's {@code columnTypes}
   * @param inputTypes the types of those; for the oracle and the state
   * @param filter index into {@code columnTypes} of the predicate that rows must satisfy, or -1
   */
  public record Feature(
      String name,
      Aggregation aggregation,
      List<Integer> inputs,
      List<ValueType> inputTypes,
      int filter,
      ValueType resultType,
      WindowBounds window,
      boolean excludingRequest) {

    public Feature {
      inputs = List.copyOf(inputs);
      inputTypes = List.copyOf(inputTypes);
    }
  }

  public ViewPlan {
    eventKey = List.copyOf(eventKey);
    requestKey = List.copyOf(requestKey);
    columns = List.copyOf(columns);
    predicates = List.copyOf(predicates);
    columnTypes = List.copyOf(columnTypes);
    features = List.copyOf(features);
  }

  ViewPlan withFingerprint(String value) {
    return new ViewPlan(
        index,
        name,
        source,
        entity,
        eventKey,
        requestKey,
        columns,
        predicates,
        columnTypes,
        features,
        overRequests,
        sourceLatenessMicros,
        requestLatenessMicros,
        value);
  }

  @Override
  public List<ValueType> resultTypes() {
    return features.stream().map(Feature::resultType).toList();
  }

  /**
   * How far before a request its windows of bounded time read: events older than that, as of the
   * oldest answerable request, are read by none of them.
   */
  public long reachMicros() {
    return features.stream()
        .mapToLong(f -> f.window().reachMicros())
        .filter(reach -> reach != WindowBounds.UNBOUNDED)
        .max()
        .orElse(0);
  }

  /** The greatest n of {@code lastEvents(n)} of whatever age; 0 where there is none. */
  public int mostNewest() {
    return features.stream()
        .filter(f -> f.window().reachMicros() == WindowBounds.UNBOUNDED)
        .mapToInt(f -> f.window().newest())
        .filter(n -> n != Integer.MAX_VALUE)
        .max()
        .orElse(0);
  }

  /** Whether a window reads everything there ever was. */
  public boolean isLifetime() {
    return features.stream().anyMatch(f -> f.window() instanceof WindowBounds.Lifetime);
  }

  /**
   * How far behind its availability a request may ask, so that its state holds all that it reads:
   * what it is pruned to (C11).
   */
  public long keptForMicros() {
    return isLifetime() ? Long.MAX_VALUE : requestLatenessMicros;
  }

  /** Whether a window reads events however old, all or the newest: an entity never expires. */
  public boolean isForever() {
    return isLifetime() || mostNewest() > 0;
  }
}
