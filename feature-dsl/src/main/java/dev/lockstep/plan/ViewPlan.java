package dev.lockstep.plan;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.value.ValueType;
import java.util.List;

/**
 * A view as the kernel runs it.
 *
 * @param entity the entity's name
 * @param overRequests whether its source is the request's
 * @param fingerprint of the view alone: what its stored state depends on (C14)
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
    List<ValueType> columnTypes,
    List<Feature> features,
    boolean overRequests,
    long requestLatenessMicros,
    String fingerprint)
    implements Branch {

  /**
   * One feature.
   *
   * @param input index into the view's {@code columns}, or -1 where it reads none
   * @param inputType the column's type; LONG where it reads none
   * @param windowMicros length of the trailing window
   */
  public record Feature(
      String name,
      Aggregation aggregation,
      int input,
      ValueType inputType,
      ValueType resultType,
      long windowMicros,
      boolean excludingRequest) {}

  public ViewPlan {
    eventKey = List.copyOf(eventKey);
    requestKey = List.copyOf(requestKey);
    columns = List.copyOf(columns);
    columnTypes = List.copyOf(columnTypes);
    features = List.copyOf(features);
  }

  @Override
  public List<ValueType> resultTypes() {
    return features.stream().map(Feature::resultType).toList();
  }

  /**
   * The longest window: events older than it, as of the oldest answerable request, are not read.
   */
  public long longestWindowMicros() {
    return features.stream().mapToLong(Feature::windowMicros).max().orElse(0);
  }
}
