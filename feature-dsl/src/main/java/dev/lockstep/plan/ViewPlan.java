package dev.lockstep.plan;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.expression.Node.Literal;
import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A view as the kernel runs it: one state, however many {@link Ask}s read it.
 *
 * @param entity the entity's name
 * @param times what the rules of time need to know of it
 * @param fingerprint of the view alone: what its stored state depends on (C14)
 */
public record ViewPlan(
    int index,
    String name,
    String entity,
    BranchInput input,
    List<Feature> features,
    Times times,
    String fingerprint)
    implements Branch {

  /**
   * What decides what its requests know and what can be pruned.
   *
   * @param overRequests whether its source is the request's
   * @param sourceLatenessMicros how far behind its availability an event may be (C4)
   * @param requestLatenessMicros how far behind its availability a request may ask (C4)
   */
  public record Times(
      boolean overRequests, long sourceLatenessMicros, long requestLatenessMicros) {}

  /**
   * One feature.
   *
   * @param inputs what it reads, columns and expressions, as indexes into the view's {@code
   *     columnTypes}
   * @param inputTypes the types of those; for the oracle and the state
   * @param filter index into {@code columnTypes} of the predicate that rows must satisfy, or -1
   * @param defaultValue what it is where the aggregation gives null; null for null
   */
  public record Feature(
      String name,
      Aggregation aggregation,
      List<Integer> inputs,
      List<ValueType> inputTypes,
      int filter,
      ValueType resultType,
      WindowBounds window,
      boolean excludingRequest,
      @Nullable Literal defaultValue) {

    public Feature {
      inputs = List.copyOf(inputs);
      inputTypes = List.copyOf(inputTypes);
    }
  }

  public ViewPlan {
    features = List.copyOf(features);
  }

  /** The expression of a place behind the columns: an input's or a filter's. */
  public TypedExpression expressionAt(int place) {
    return predicates().get(place - columns().size());
  }

  ViewPlan withFingerprint(String value) {
    return new ViewPlan(index, name, entity, input, features, times, value);
  }

  /** Whether its source is the request's. */
  public boolean overRequests() {
    return times.overRequests;
  }

  /** How far behind its availability an event may be (C4). */
  public long sourceLatenessMicros() {
    return times.sourceLatenessMicros;
  }

  /** How far behind its availability a request may ask (C4): decides what can be pruned. */
  public long requestLatenessMicros() {
    return times.requestLatenessMicros;
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
    return isLifetime() ? Long.MAX_VALUE : requestLatenessMicros();
  }

  /** Whether a window reads events however old, all or the newest: an entity never expires. */
  public boolean isForever() {
    return isLifetime() || mostNewest() > 0;
  }
}
